-- The same rules for both families: addresses are objects, and connections do not care which IP carries them.

require('protocol/ipv6')
require('protocol/tcp_connection')

haka.rule{
	name = "ipv6 packets",
	on = haka.dissectors.ipv6.events.receive_packet,
	eval = function (pkt)
		print(string.format("%s -> %s, hop limit %d", tostring(pkt.src), tostring(pkt.dst), pkt.hop_limit))
	end
}

haka.rule{
	name = "connections",
	on = haka.dissectors.tcp_connection.events.new_connection,
	eval = function (flow, pkt)
		haka.alert{
			description = "connection",
			sources = haka.alert.address(flow.srcip),
			targets = { haka.alert.address(flow.dstip), haka.alert.service(flow.dstport) }
		}
	end
}

haka.rule{
	name = "first line",
	on = haka.dissectors.tcp_connection.events.receive_data,
	eval = function (flow, sub, direction)
		print(string.format("%s: %s", direction, string.safe_format(sub:asstring())))
	end
}
