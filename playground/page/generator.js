// The generator as the page uses it: requests to a worker, and a new worker after one that failed or was stopped.

/** The error of a request whose worker failed or was stopped. The crate of the worker is lost. */
export class Lost extends Error {}

export class Generator {
  #worker = null;
  #waiting = new Map();
  #next = 0;

  /** Sends a request with its files (`{ name, bytes }`). Returns the JSON of the response and its text. */
  ask(head, files = []) {
    this.#worker ??= this.#start();
    const id = this.#next++;
    const response = new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
    this.#worker.postMessage({ id, head, files });
    return response;
  }

  /** Ends the worker with all its requests. */
  stop(message = "Stopped.") {
    this.#worker?.terminate();
    this.#worker = null;
    const lost = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { reject } of lost) reject(new Lost(message));
  }

  #start() {
    const worker = new Worker(new URL("worker.js", import.meta.url), { type: "module" });
    worker.onmessage = ({ data: { id, response, failure } }) => {
      // The memory of a module that stopped is of no use.
      if (failure !== undefined) return this.stop(failure);
      this.#waiting.get(id)?.resolve(response);
      this.#waiting.delete(id);
    };
    worker.onerror = (event) => this.stop(event.message ?? "The worker cannot be loaded.");
    return worker;
  }
}
