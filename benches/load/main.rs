//! 50,000 calls, 256 in flight, against a loopback server in another process: CPU time of a call with the generated client
//! and with reqwest and serde alone, memory during the calls, and the outcomes of calls to a server that resets one request
//! in a hundred, rejects one with 429 and delays one. `cargo bench --bench load` runs itself once for each figure, in turn.
//! Linux only: it reads `/proc`.

mod caller;
#[path = "../plain/mod.rs"]
mod plain;
mod server;

use caller::{Caller, Outcome, bare, generated};
use server::Server;
use std::collections::BTreeMap;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

const CALLS: &str = "50000";
const IN_FLIGHT: usize = 256;
const ROUNDS: usize = 9;
const KINDS: [&str; 2] = ["generated", "bare"];

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["server"] => server::serve(false),
        ["server", "faults"] => server::serve(true),
        ["generated", base, calls] => run(generated(base, false), calls),
        ["bare", base, calls] => run(bare(base), calls),
        ["faults", base, calls] => run(generated(base, true), calls),
        _ => compare(),
    }
}

/// Runs both kinds in their own processes, in turn and each first in every other round, and prints the medians. The speed of
/// the machine changes from round to round. Thus the ratio is computed in each round.
fn compare() {
    let clean = Server::start(&["server"]);
    let mut rounds = Vec::new();
    for round in 0..ROUNDS {
        let mut cpu = [0.0, 0.0];
        for turn in [round % 2, 1 - round % 2] {
            let text = output(KINDS[turn], &clean.base);
            println!("{}: {text}", KINDS[turn]);
            cpu[turn] = text.split_once(' ').and_then(|(cpu, _)| cpu.parse().ok()).unwrap();
        }
        rounds.push(cpu);
    }
    let median = |figure: fn(&[f64; 2]) -> f64| {
        let mut all: Vec<f64> = rounds.iter().map(figure).collect();
        all.sort_by(f64::total_cmp);
        all[ROUNDS / 2]
    };
    let (generated, bare, ratio) = (median(|cpu| cpu[0]), median(|cpu| cpu[1]), median(|cpu| cpu[0] / cpu[1]));
    println!("CPU of a call: generated {generated:.1} µs, bare {bare:.1} µs, ratio in a round {ratio:.3}");
    let faulty = Server::start(&["server", "faults"]);
    println!("with faults: {}", output("faults", &faulty.base));
}

fn output(kind: &str, base: &str) -> String {
    let done = Command::new(std::env::current_exe().unwrap()).args([kind, base, CALLS]).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).unwrap().trim().to_owned()
}

/// Sends the calls and prints their cost: µs of CPU time a call, then the other figures.
fn run(caller: impl Caller, calls: &str) {
    let calls: usize = calls.parse().unwrap();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let caller = Arc::new(caller);
    let before = cpu();
    let left = Arc::new(AtomicUsize::new(calls));
    let start = Instant::now();
    let (outcomes, longest, early) = runtime.block_on(async {
        let tasks: Vec<_> =
            (0..IN_FLIGHT).map(|_| tokio::spawn(work(Arc::clone(&caller), Arc::clone(&left)))).collect();
        while left.load(Ordering::Relaxed) > calls * 3 / 4 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        let early = peak();
        let (mut outcomes, mut longest) = (BTreeMap::new(), Duration::ZERO);
        for task in tasks {
            let (counts, long) = task.await.unwrap();
            counts.into_iter().for_each(|(outcome, count)| *outcomes.entry(outcome).or_insert(0) += count);
            longest = longest.max(long);
        }
        (outcomes, longest, early)
    });
    let each = (cpu() - before).as_secs_f64() * 1e6 / calls as f64;
    let (late, took) = (peak(), start.elapsed());
    assert_eq!(outcomes.values().sum::<usize>(), calls);
    println!(
        "{each:.1} µs CPU a call; peak {early} kB after a quarter, {late} kB at the end; {outcomes:?}; the longest call \
         {longest:.1?}, all {took:.1?}"
    );
}

async fn work(caller: Arc<impl Caller>, left: Arc<AtomicUsize>) -> (BTreeMap<Outcome, usize>, Duration) {
    let (mut outcomes, mut longest) = (BTreeMap::new(), Duration::ZERO);
    while left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1)).is_ok() {
        let start = Instant::now();
        *outcomes.entry(caller.call().await).or_insert(0) += 1;
        longest = longest.max(start.elapsed());
    }
    (outcomes, longest)
}

/// User and system time of this process; the kernel counts them in hundredths of a second.
fn cpu() -> Duration {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap();
    let fields: Vec<&str> = stat.rsplit_once(')').unwrap().1.split_whitespace().collect();
    let ticks: u64 = fields[11..13].iter().map(|ticks| ticks.parse::<u64>().unwrap()).sum();
    Duration::from_millis(ticks * 10)
}

/// The peak memory of this process in kB.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}
