-- protocol/ipv4lua: IPv4 packets read by a grammar, in the place of the dissector of the engine.
-- Fragments are not put together, and nothing stands on it unless a rule file says so.
local class = require('class')
local ipv4 = require('protocol/ipv4')

local FIXED_HEADER = 20
local NO_OPERATION = 1 -- this option and the end of the list, 0, are a byte alone

local Ipv4 = haka.dissector.new{ type = haka.helper.PacketDissector, name = 'ipv4lua' }

local to_address = {
	get = ipv4.addr,
	set = function (address) return address.packed % 0x100000000 end
}

local function length_of(options)
	local length = 0
	for _, option in ipairs(options or {}) do
		length = length + (option.len or 1)
	end
	return math.ceil(length / 4) * 4
end

Ipv4.grammar = haka.grammar.new("ipv4lua", function ()
	local option = record{
		union{
			record{ field('copy', number(1)), field('class', number(2)), field('number', number(5)) },
			field('type', number(8)),
		},
		optional(
			record{
				field('len', number(8)),
				field('data', bytes():count(function (option) return option.len - 2 end)),
			},
			function (option) return option.type > NO_OPERATION end)
	}

	ip_header = record{
		field('version', number(4)),
		field('hdr_len', number(4):convert(converter.mult(4))
			:validate(function (ip) ip.hdr_len = FIXED_HEADER + length_of(ip.opt) end)),
		field('tos', number(8)),
		field('len', number(16)
			:validate(function (ip) ip.len = ip.hdr_len + #ip.payload end)),
		field('id', number(16)),
		field('flags', record{ field('rb', flag), field('df', flag), field('mf', flag) }),
		field('frag_offset', number(13):convert(converter.mult(8))),
		field('ttl', number(8)),
		field('proto', number(8)),
		field('checksum', number(16)),
		field('src', number(32):convert(to_address, true)),
		field('dst', number(32):convert(to_address, true)),
		field('opt', array(option):untilcond(function (last, ctx)
			return ctx.iter.meter >= ctx:result(1).hdr_len or (last and last.type == 0)
		end)),
		execute(function (ip, ctx)
			local rest = ip.hdr_len - ctx.iter.meter
			if rest < 0 then
				ctx:error("header of %d bytes, options beyond it", ip.hdr_len)
			else
				ctx.iter:advance(rest)
			end
		end),
		field('payload', bytes():count(function (ip) return math.max(0, ip.len - ip.hdr_len) end)),
	}
	export(ip_header)
end)

function Ipv4.method:verify_checksum()
	return ipv4.inet_checksum_compute(self._data:sub(0, self.hdr_len)) == 0
end

function Ipv4.method:compute_checksum()
	self.checksum = 0
	self.checksum = ipv4.inet_checksum_compute(self._data:sub(0, self.hdr_len)) % 0x10000
end

function Ipv4.method:install_criterion()
	return { proto = self.proto }
end

function Ipv4.method:create_payload(parent, payload, init)
	local filled = table.copy(init)
	filled.version = init.version or 4
	filled.hdr_len = init.hdr_len or FIXED_HEADER + length_of(init.opt)
	filled.len = init.len or filled.hdr_len
	payload:append(haka.vbuffer_allocate(filled.hdr_len - #payload))
	class.super(Ipv4).create_payload(self, parent, payload, filled)
end

function Ipv4.method:forge_payload(parent, payload)
	local changed = payload.modified
	if changed then
		self.len = nil
	end
	class.super(Ipv4).forge_payload(self, parent, payload)
	if changed then
		self:compute_checksum()
	end
end

haka.policy{
	on = haka.dissectors.packet.policies.next_dissector,
	name = 'ipv4lua',
	proto = 'ipv4',
	action = haka.dissectors.ipv4lua.install,
}

return { events = Ipv4.events }
