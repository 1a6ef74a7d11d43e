-- TcpFlowDissector: what a protocol on top of TCP connections derives from.
local natives = ...
local class = require('class')
local helper = natives.helper

local TcpFlowDissector = class.class('TcpFlowDissector', helper.FlowDissector)
natives.flow_helper.TcpFlowDissector = TcpFlowDissector

function TcpFlowDissector.method:__init(flow)
	if type(flow) ~= 'table' or flow.name ~= 'tcp_connection' then
		error("invalid parent dissector, must be a tcp flow", 0)
	end
	rawset(self, '_attached', true)
	class.super(TcpFlowDissector).__init(self, flow)
end

TcpFlowDissector.property.flow = { get = function (self) return self._parent end }

function TcpFlowDissector.method:can_continue()
	return self._attached and self._parent:can_continue()
end

local function detach(self, how)
	if self._attached then
		rawset(self, '_attached', false)
		self._parent[how](self._parent)
	end
end

function TcpFlowDissector.method:drop()
	detach(self, 'drop')
end

function TcpFlowDissector.method:reset()
	detach(self, 'reset')
end

function TcpFlowDissector.method:halfreset()
	detach(self, 'halfreset')
end

function TcpFlowDissector.method:send(direction)
	self._parent:send(direction)
end

function TcpFlowDissector.method:receive(stream, iter, direction)
	self:streamed(stream, self.receive_streamed, self, iter, direction)
	if self:can_continue() then
		self._parent:send(direction)
	end
end

function TcpFlowDissector.method:receive_streamed(iter, direction)
	local state = self._state
	if not state then
		error("no state machine defined", 0)
	end
	while iter:wait() do
		state:update(iter, direction)
		self:continue()
	end
end

-- As releases 0.2 and 0.3 put a dissector on connections.
function TcpFlowDissector.install_tcp_rule(cls, port)
	haka.policy{
		on = haka.dissectors.tcp_connection.policies.next_dissector,
		name = string.format("%s on port %s", cls.name, port),
		port = port,
		action = haka.dissectors[cls.name].install,
	}
end

function TcpFlowDissector.dissect(cls, flow)
	flow:select_next_dissector(cls)
end

TcpFlowDissector.property.connection = { get = function (self) return self._parent.connection end }
