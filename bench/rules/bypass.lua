-- Lets go of every connection at its first packet.
local tcp_connection = require('protocol/tcp_connection')

haka.rule{
	on = tcp_connection.events.new_connection,
	eval = function (flow, pkt) flow:bypass() end
}
