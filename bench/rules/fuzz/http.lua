-- Reads every part of messages, edits heads and bodies, decides about what is ambiguous.
local http = require('protocol/http')
local turn = 0

local function head(message)
	turn = turn + 1
	for name, value in pairs(message.headers) do
		local _ = name .. value
	end
	local _ = tostring(message.headers['host']) .. tostring(message.version) .. tostring(message.split_cookies)
	if turn % 5 == 0 then message.headers['X-Turn'] = tostring(turn) end
	if turn % 7 == 0 then message.headers['Host'] = nil end
end

haka.rule{
	on = http.events.request,
	eval = function (http, request)
		head(request)
		local _ = request.method .. tostring(request.split_uri) .. tostring(request.split_uri:normalize())
		if turn % 3 == 0 then http:enable_data_modification() end
		if turn % 11 == 0 then request.uri = "/changed" end
	end
}

haka.rule{
	on = http.events.response,
	eval = function (http, response)
		head(response)
		local _ = response.status .. response.reason .. tostring(http.request and http.request.uri)
		if turn % 3 == 0 then http:enable_data_modification() end
	end
}

haka.rule{
	on = http.events.request_data,
	eval = function (http, sub)
		if turn % 6 == 0 then sub:replace(haka.vbuffer_from(string.rep("r", turn % 9))) end
	end
}

haka.rule{
	on = http.events.response_data,
	options = { streamed = true },
	eval = function (http, iter)
		while iter:wait() do
			local sub = iter:sub(3)
			if sub and turn % 6 == 0 then sub:erase() end
		end
	end
}

haka.rule{ on = http.events.response_content, eval = function (http, sub) local _ = sub:asstring() end }
haka.rule{ on = http.events.upgrade, eval = function (http, protocol) local _ = tostring(protocol) end }
haka.rule{
	on = http.events.anomaly,
	eval = function (http, name, direction)
		if turn % 4 == 0 then http:drop() end
	end
}
