-- Ends ssh connections to servers that still speak protocol 1: both ends get a reset.
-- The rule waits for the banner line as a coroutine, however it arrives.

require('protocol/tcp_connection')

haka.rule{
	name = "ssh banner",
	on = haka.dissectors.tcp_connection.events.receive_data,
	options = { streamed = true },
	eval = function (flow, iter, direction)
		if flow.dstport ~= 22 or direction ~= 'down' then return end

		local line = {}
		while #line < 255 do
			local byte = iter:sub(1)
			if byte == nil then return end
			local c = byte:asstring()
			if c == '\n' then break end
			table.insert(line, c)
		end

		local banner = table.concat(line):gsub('\r$', '')
		local version = banner:match('^SSH%-(%d+%.%d+)%-')
		haka.log("ssh banner '%s'", banner)
		if version and version:sub(1, 1) == '1' and version ~= '1.99' then
			haka.alert{
				description = string.format("ssh protocol %s", version),
				severity = 'medium',
				sources = haka.alert.address(flow.dstip),
				targets = haka.alert.address(flow.srcip),
				ref = nil
			}
			flow:reset()
		end
	end
}
