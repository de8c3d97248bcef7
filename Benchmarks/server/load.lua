-- wrk's part: sends bodies again and again, and prints what it measured as a line of JSON.
--
-- arguments after wrk's own: BODY_FILE TOKEN [IF_NONE_MATCH]. Each line of the file is a body, and they take turns. One that holds
-- @@@ gets a number there that no other request has.

local threads = 0

function setup(thread)
    thread:set("number", threads)
    threads = threads + 1
end

function init(arguments)
    local file = assert(io.open(arguments[1]))
    local body = file:read("*a")
    file:close()
    wrk.method = "POST"
    wrk.headers["Content-Type"] = "application/json"
    wrk.headers["Authorization"] = "Bearer " .. arguments[2]
    if arguments[3] then wrk.headers["If-None-Match"] = arguments[3] end
    local before, after = body:match("^(.-)@@@(.*)$")
    if before then
        local count = os.time() % 100000 * 10000000 + number * 1000000
        request = function()
            count = count + 1
            return wrk.format("POST", nil, nil, before .. string.format("%d", count) .. after)
        end
    elseif body:find("\n") then
        local requests, turn = {}, 0
        for line in body:gmatch("[^\n]+") do table.insert(requests, wrk.format("POST", nil, nil, line)) end
        request = function()
            turn = turn % #requests + 1
            return requests[turn]
        end
    else
        wrk.body = body
    end
end

function done(summary, latency)
    local errors = summary.errors
    io.write(string.format(
        '\n{"requests": %d, "seconds": %.6f, "p50": %.3f, "p99": %.3f, "errors": %d, "refused": %d}\n',
        summary.requests, summary.duration / 1e6, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3,
        errors.connect + errors.read + errors.write + errors.timeout, errors.status
    ))
end
