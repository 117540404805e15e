-- What wrk asks for, and what it says at the end: one line of JSON.
-- BENCH_PATHS names a file of paths, one a line, of which each is asked for once, from number BENCH_SKIP on.

local file = os.getenv("BENCH_PATHS")
if file then
  local paths, at = {}, tonumber(os.getenv("BENCH_SKIP") or "0")
  for line in io.lines(file) do paths[#paths + 1] = line end
  function request()
    at = at + 1
    return wrk.format("GET", paths[(at - 1) % #paths + 1])
  end
end

function done(summary, latency, _requests)
  local e = summary.errors
  io.write(string.format(
    '{"requests": %d, "microseconds": %d, "bytes": %d, "p50": %d, "p99": %d, "connect": %d, "read": %d, "write": %d, "timeout": %d, "status": %d}\n',
    summary.requests, summary.duration, summary.bytes, latency:percentile(50), latency:percentile(99),
    e.connect, e.read, e.write, e.timeout, e.status))
end
