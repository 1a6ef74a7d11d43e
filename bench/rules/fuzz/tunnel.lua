-- Reads what is in tunnels, and edits it, so that the outer packets are made right.
local turn = 0

haka.rule{
	on = haka.dissectors.udp.events.receive_packet,
	eval = function (pkt)
		turn = turn + 1
		local ip = pkt:parent()
		local depth = 0
		while ip and depth < 20 do
			depth = depth + 1
			ip = ip:parent()
		end
		if turn % 3 == 0 and pkt.dstport == 2000 then pkt.payload:replace(haka.vbuffer_from(string.rep("y", turn % 60))) end
	end
}

haka.rule{
	on = haka.dissectors.ipv4.events.receive_packet,
	eval = function (pkt)
		local _ = tostring(pkt.src)
		if turn % 7 == 0 then pkt.ttl = 3 end
	end
}
