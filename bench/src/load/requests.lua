-- Cycles through the requests of a file: method, path, bearer and body, separated by tabs, one request a line.
-- They are formatted once, so that the load costs the machine as little as possible.

local requests = {}
local sent = 0

function init(args)
  for line in io.lines(args[1]) do
    local method, path, bearer, body = line:match("^([^\t]*)\t([^\t]*)\t([^\t]*)\t(.*)$")
    local headers = { ["Authorization"] = "Bearer " .. bearer }
    if body == "" then
      body = nil
    else
      headers["Content-Type"] = "application/json"
    end
    requests[#requests + 1] = wrk.format(method, path, headers, body)
  end
end

function request()
  sent = sent + 1
  return requests[sent % #requests + 1]
end
