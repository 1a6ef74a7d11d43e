-- UdpFlowDissector: what a protocol on top of UDP flows derives from.
local natives = ...
local class = require('class')
local helper = natives.helper

local UdpFlowDissector = class.class('UdpFlowDissector', helper.FlowDissector)
natives.flow_helper.UdpFlowDissector = UdpFlowDissector

function UdpFlowDissector.method:__init(flow)
	if type(flow) ~= 'table' or flow.name ~= 'udp_connection' then
		error("invalid flow parameter", 0)
	end
	class.super(UdpFlowDissector).__init(self, flow)
end

UdpFlowDissector.property.flow = { get = function (self) return self._parent end }

function UdpFlowDissector.method:can_continue()
	return self._parent:can_continue()
end

-- With a packet, drops that alone.
function UdpFlowDissector.method:drop(pkt)
	self._parent:drop(pkt)
end

function UdpFlowDissector.method:send(pkt, payload, clone)
	self._parent:send(pkt, payload, clone)
end

-- Nothing is sent by itself: the dissector sends each packet, or drops it.
function UdpFlowDissector.method:receive(pkt, payload, direction)
	local state = self._state
	if not state then
		error("no state machine defined", 0)
	end
	state:update(payload:pos('begin'), direction, pkt, payload)
end

-- As releases 0.2 and 0.3 put a dissector on flows.
function UdpFlowDissector.install_udp_rule(cls, port)
	haka.policy{
		on = haka.dissectors.udp_connection.policies.next_dissector,
		name = string.format("%s on port %s", cls.name, port),
		port = port,
		action = haka.dissectors[cls.name].install,
	}
end

UdpFlowDissector.property.connection = { get = function (self) return self._parent.connection end }
