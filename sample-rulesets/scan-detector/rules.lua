-- Notices who knocks at many ports. One alert for each scanner, updated at the end with what it touched.
-- The table spans connections: with several workers each worker sees the address pairs that it owns,
-- so a scanner of one host is found, and one that spreads over many hosts is counted per worker.

require('protocol/tcp_connection')

local threshold = 5   -- ports
local window = 10     -- seconds

local seen = {}

local function entry(source)
	local e = seen[source]
	if not e then
		e = { first = 0, count = 0, ports = {} }
		seen[source] = e
	end
	return e
end

haka.rule{
	name = "scan detector",
	on = haka.dissectors.tcp_connection.events.new_connection,
	eval = function (flow, pkt)
		local source = tostring(flow.srcip)
		local now = haka.network_time().seconds
		local e = entry(source)

		if now - e.first > window then
			e.first, e.count, e.ports = now, 0, {}
		end
		local target = string.format("%s:%d", tostring(flow.dstip), flow.dstport)
		if not e.ports[target] then
			e.ports[target] = true
			e.count = e.count + 1
		end

		if e.count >= threshold and not e.alert then
			e.alert = haka.alert{
				description = string.format("port scan: %d ports in less than %d s", e.count, window),
				severity = 'high',
				confidence = 'medium',
				start_time = haka.time(e.first),
				sources = haka.alert.address(source),
				method = { description = "vertical or horizontal scan" }
			}
		end
		if e.alert then
			flow:drop()
		end
	end
}

haka.rule{
	name = "scan report",
	on = haka.events.exiting,
	eval = function ()
		for source, e in sorted_pairs(seen) do
			if e.alert then
				e.alert:update{ completion = 'failed', description = string.format("%d ports touched", e.count) }
			end
		end
	end
}
