#!/usr/bin/env bash
# ky, got, axios-retry and undici read one of the three date formats of HTTP in the time zone of the client.
#
# Guess:     `Retry-After` in the format of asctime (`Sun Nov  6 08:49:37 1994`) is a time in GMT, as the other two formats are.
# Versions:  npm ky 1.14.3, got 14.6.6, axios 1.21.1 with axios-retry 4.5.0, undici 7.30.2 (RetryAgent); Node 20.
# Behaviour: they use `Date.parse`, which takes a date without a zone for local time. With the time one second ahead, a client in
#            Tokyo retries at once, and one in New York waits for hours. In UTC all wait for the second.
# Source:    RFC 9110, section 5.6.7 (a recipient "MUST accept all three", and asctime is in UTC); ECMA-262, section 21.4.3.2.
# Here:      the three formats are GMT (`runtime/src/retry/rate_limit_headers/tests.rs`).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund ky@1.14.3 got@14.6.6 axios@1.21.1 axios-retry@4.5.0 undici@7.30.2
cat >seen.mjs <<'JAVASCRIPT'
import http from 'node:http'
import axios from 'axios'
import axiosRetry from 'axios-retry'
import got from 'got'
import ky from 'ky'
import { Agent, request, RetryAgent } from 'undici'

const asctime = (date) => {
  const [, name, day, month, year, time] = date.toUTCString().match(/(\w+), (\d+) (\w+) (\d+) ([\d:]+)/)
  return `${name} ${month} ${String(Number(day)).padStart(2)} ${time} ${year}`
}
let times
const server = http.createServer((_, response) => {
  times.push(Date.now())
  const soon = new Date(Math.ceil(Date.now() / 1000) * 1000 + 1000)
  response.writeHead(times.length === 1 ? 503 : 200, { 'retry-after': asctime(soon) }).end()
}).listen(0, '127.0.0.1')
await new Promise((done) => server.once('listening', done))
const address = `http://127.0.0.1:${server.address().port}/`
axiosRetry(axios, { retries: 1, retryDelay: axiosRetry.exponentialDelay })
const seen = []
for (const call of [
  () => ky(address, { retry: { limit: 1 } }).text(),
  () => got(address, { retry: { limit: 1 } }).text(),
  () => axios.get(address),
  async () => (await request(address, { dispatcher: new RetryAgent(new Agent(), { maxRetries: 1 }) })).body.text(),
]) {
  times = []
  await Promise.race([call(), new Promise((done) => setTimeout(done, 4000))])
  seen.push(times.length === 1 ? 'hours' : times[1] - times[0] < 900 ? 'at once' : 'a second')
}
console.log(seen.join(', '))
process.exit()
JAVASCRIPT
for zone in UTC Asia/Tokyo America/New_York; do
  echo "$zone: $(TZ=$zone node seen.mjs)"
done >seen
cat seen
diff seen - <<'EXPECTED'
UTC: a second, a second, a second, a second
Asia/Tokyo: at once, at once, at once, at once
America/New_York: hours, hours, hours, hours
EXPECTED
