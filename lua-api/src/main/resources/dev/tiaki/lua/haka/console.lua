-- What an operator types with: lists about the worker that runs what is typed, which print themselves.
local natives = ...
local list = require('list')

local unit = list.formatter.unit
local add = list.aggregator.add

local function amount(value)
	return value and unit(value) or ""
end

local function listing(name, key, fields, settings)
	local cls = list.new(name)
	cls.key = key
	cls.field = fields
	cls.field_format = settings.format
	cls.field_aggregate = settings.sum
	return cls
end

local function filled(cls, rows)
	local made = cls:new()
	made:add(rows)
	return made
end

local Threads = listing('ThreadInfo', 'id',
	{ 'id', 'status', 'recv_pkt', 'recv_bytes', 'trans_pkt', 'trans_bytes', 'drop_pkt' }, {
		format = { recv_pkt = amount, recv_bytes = amount, trans_pkt = amount, trans_bytes = amount, drop_pkt = amount },
		sum = { id = list.aggregator.replace('total'), recv_pkt = add, recv_bytes = add, trans_pkt = add, drop_pkt = add }
	})

local Events = listing('EventInfo', 'event', { 'event', 'listener' }, {})

local Rules = listing('RuleInfo', 'name', { 'name', 'location', 'event', 'type' }, {
	format = { name = list.formatter.optional('<no name>') }
})

local function connections(name, actions)
	local cls = listing(name, 'id',
		{ 'id', 'srcip', 'srcport', 'dstip', 'dstport', 'state', 'in_pkts', 'in_bytes', 'out_pkts', 'out_bytes' }, {
			format = { in_pkts = amount, in_bytes = amount, out_pkts = amount, out_bytes = amount },
			sum = { id = list.aggregator.replace('total'), in_pkts = add, in_bytes = add, out_pkts = add, out_bytes = add }
		})
	for action, act in pairs(actions.acts) do
		cls.method[action] = function (self)
			for _, row in ipairs(self._data) do
				act(row.id)
			end
		end
	end
	cls.method.show = cls.method.print or function (self) self:print() end
	return { connections = function (show_dropped)
		return filled(cls, actions.list(show_dropped))
	end }
end

local console = {
	threads = function () return filled(Threads, natives.threads()) end,
	events = function () return filled(Events, natives.events()) end,
	rules = function () return filled(Rules, natives.rules()) end,
	setloglevel = natives.setloglevel,
	stop = natives.stop,
	tcp = connections('TcpConnInfo', {
		list = natives.tcp.list_connections,
		acts = { drop = natives.tcp.drop_connection, reset = natives.tcp.reset_connection }
	}),
	udp = connections('UdpConnInfo', {
		list = natives.udp.list_connections,
		acts = { drop = natives.udp.drop_connection }
	})
}

-- What is typed runs in the workers already: a thread that is not this one runs it itself.
local hakactl = {
	remote = function (thread, f)
		if thread == 'all' or thread == 'any' or thread == natives.thread then
			return { f() }
		end
		return {}
	end
}

return { console = console, hakactl = hakactl }
