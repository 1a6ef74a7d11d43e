---@meta

--- # Packets
---
--- Names that a packet does not have are those of the layer below: tcp → ipv4 → packet. `parent([n or name])` gives the layer. After it
--- left: `invalid tcp packet`, `invalid ipv4 packet`. At the end of the chain: `unknown field 'x'`. Assigning an unknown name to an ip or tcp packet does nothing.
---
--- Numbers that are assigned are cut to the width of their field; a negative one is refused with `number must not be negative`. In
--- `hakapcap --pass-through` every change is refused with `read only buffer`.
---
--- The packets in tunnels (GRE, IP in IP, IPv6 in IPv4, VXLAN at port 4789, GENEVE at 6081, at most eight deep) are seen like any other, behind
--- the outer packet's events; `parent()` of the inner ip packet is the outer one (own addition; in `hakapcap` after `require('protocol/tunnel')`). What leaves edited has its outer lengths and checksums
--- made right. An outer packet that came in fragments is gone into when it is whole.
---
--- udp and icmp packets, dns, http, smtp and tls objects, and flows, are tables: rules may keep their own fields on them.
---
--- ```lua
--- local ipv4 = require('protocol/ipv4')
--- local tcp = require('protocol/tcp')
---
--- haka.rule{ on = haka.events.started, eval = function ()
---   local ip = haka.dissectors.ipv4.create(haka.packet())
---   ip.src, ip.dst, ip.ttl = ipv4.addr('10.0.0.1'), ipv4.addr('10.0.0.2'), 64
---   local probe = haka.dissectors.tcp.create(ip)
---   probe.srcport, probe.dstport, probe.flags.syn = 4000, 80, true
---   probe:send()
--- end }
--- ```

---What every packet has.
---@class haka.AnyPacket
---@field name string Of its dissector.
local AnyPacket = {}

---Lets it leave. Error `operation not supported` the second time.
function AnyPacket:send() end

---Drops it.
function AnyPacket:drop() end

---Has a forged packet received as if it had been captured. Error `operation not supported` for any other.
function AnyPacket:inject() end

---Drops it; what an error in its dissector does.
function AnyPacket:error() end

---Whether it is neither dropped nor sent.
---@return boolean
function AnyPacket:can_continue() end

---Aborts when it cannot continue.
function AnyPacket:continue() end

---The layer below, n layers below, or the nearest of a name; nil when there is none.
---@param which? integer|string
---@return any
function AnyPacket:parent(which) end

---Chooses what the packet is given to next.
---@param dissector any
function AnyPacket:select_next_dissector(dissector) end

---What was chosen, made ready: the packet of the layer above, or nil.
---@return any
function AnyPacket:activate_next_dissector() end

---A frame.
---@class haka.Packet : haka.AnyPacket
---@field payload haka.Vbuffer From the network header on.
---@field timestamp haka.Time When it was captured.
---@field id integer Its rank in the capture, 0 when forged.
---@field data table For what rules want to keep.
local Packet = {}

---@return 'normal'|'forged'|'sent'
function Packet:state() end

---True while it was **not** sent, as in Haka.
---@return boolean
function Packet:issent() end

---Processes the packet as if it had just been received.
function Packet:receive() end

---@class haka.PacketEvents
---@field receive_packet haka.Event `(packet)`: each frame.
---@field send_packet haka.Event `(packet)`: as it leaves.
---@field protocol_error haka.Event Never signalled.

---@class haka.PacketPolicies
---@field next_dissector haka.Policy `proto`.

---@class haka.PacketDissector : haka.Dissector
---@field events haka.PacketEvents
---@field policies haka.PacketPolicies

---@class haka.Dissectors
---@field packet haka.PacketDissector

--- ## Functions

---A forged frame with a payload of zeros.
---@param size? integer
---@return haka.Packet
function haka.packet(size) end

---What was found in the frame: `'ipv4'`, `'ipv6'` or nil.
---@param packet haka.Packet
---@return string?
function haka.packet_dissector(packet) end
