-- Says hello to each IPv4 packet, and raises an alert for each one that opens a connection.

require('protocol/ipv4')
require('protocol/tcp')

haka.rule{
	name = "hello",
	on = haka.dissectors.ipv4.events.receive_packet,
	eval = function (pkt)
		print(string.format("hello, %s -> %s, %d bytes", tostring(pkt.src), tostring(pkt.dst), pkt.len))
	end
}

haka.rule{
	name = "hello, connection",
	on = haka.dissectors.tcp.events.receive_packet,
	eval = function (pkt)
		if pkt.flags.syn and not pkt.flags.ack then
			haka.alert{
				description = string.format("somebody calls port %d", pkt.dstport),
				severity = 'low',
				sources = haka.alert.address(pkt.src),
				targets = { haka.alert.address(pkt.dst), haka.alert.service(string.format("tcp/%d", pkt.dstport)) }
			}
		end
	end
}
