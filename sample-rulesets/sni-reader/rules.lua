-- Reads the server name out of a TLS ClientHello, byte by byte as RFC 8446 lays it out, then stops looking.

require('protocol/tcp_connection')

local function number(iter, size)
	local sub = iter:sub(size)
	if sub == nil or #sub < size then error("the ClientHello ends early") end
	local value = 0
	for i = 1, size do
		value = value * 256 + sub[i]
	end
	return value
end

local function server_name(iter)
	if number(iter, 1) ~= 22 then return nil, "not a handshake" end
	iter:advance(2 + 2)                 -- record version and length
	if number(iter, 1) ~= 1 then return nil, "not a ClientHello" end
	iter:advance(3 + 2 + 32)            -- length, version, random
	iter:advance(number(iter, 1))       -- session id
	iter:advance(number(iter, 2))       -- cipher suites
	iter:advance(number(iter, 1))       -- compression methods

	local left = number(iter, 2)
	while left > 0 do
		local kind, size = number(iter, 2), number(iter, 2)
		if kind == 0 then
			iter:advance(2 + 1)         -- list length, name type
			return iter:sub(number(iter, 2)):asstring()
		end
		iter:advance(size)
		left = left - 4 - size
	end
	return nil, "no server name"
end

haka.rule{
	name = "sni",
	on = haka.dissectors.tcp_connection.events.receive_data,
	options = { streamed = true },
	eval = function (flow, iter, direction)
		if direction ~= 'up' or flow.dstport ~= 443 then return end

		local ok, name, why = pcall(server_name, iter)
		if ok and name then
			print(string.format("%s -> %s", tostring(flow.srcip), name))
			if name:find("%.bad%.example$") then
				haka.alert{ description = "unwanted server " .. name, severity = 'high', sources = haka.alert.address(flow.srcip) }
				flow:drop()
			end
		else
			haka.log.warning("%s: %s", tostring(flow.srcip), tostring(why or name))
		end
	end
}
