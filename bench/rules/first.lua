-- Says on standard error, which is not buffered, when the first packet is seen.
local seen = false
haka.rule {
	on = haka.dissectors.ipv4.events.receive_packet,
	eval = function ()
		if not seen then
			seen = true
			io.stderr:write("first packet\n")
			io.stderr:flush()
		end
	end
}
