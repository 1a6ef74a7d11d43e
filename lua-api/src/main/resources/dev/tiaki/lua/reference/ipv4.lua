---@meta protocol/ipv4

--- # IPv4

---An IPv4 packet, or a whole datagram when it was reassembled. Lengths and offset are in bytes.
---@class haka.Ipv4Packet : haka.AnyPacket, haka.Packet
---@field version integer **RW**
---@field hdr_len integer **RW**
---@field tos integer **RW**
---@field len integer **RW**
---@field id integer **RW**
---@field frag_offset integer **RW**
---@field ttl integer **RW**
---@field proto integer **RW**
---@field checksum integer **RW**
---@field src haka.Address **RW** Error `expected 'addr' got 'x'`.
---@field dst haka.Address **RW**
---@field flags haka.Ipv4Flags
---@field payload haka.Vbuffer Behind the options, without what stands behind `len`.
---@field dont_reassemble boolean **RW** Set in `receive_packet`: process a fragment as it is.
---@field raw haka.Packet The packet below, for rules of Haka 0.3.
local Ipv4Packet = {}

---Whether the header's checksum is right.
---@return boolean
function Ipv4Packet:verify_checksum() end

---Writes the right checksum.
function Ipv4Packet:compute_checksum() end

---Takes `dont_reassemble` back: a fragment waits for the others once the rules are through. Gives the packet when nothing is missing, nil for a fragment.
---@return haka.Ipv4Packet?
function Ipv4Packet:reassemble() end

---@class haka.Ipv4Flags
---@field rb boolean **RW**
---@field df boolean **RW**
---@field mf boolean **RW**
---@field all integer **RW** Three bits.

---An address of either family; compared by value, also with `<` and `<=`.
---@class haka.Address
---@field packed integer? **RW** The 32 bits as a signed number, nil for IPv6.
---@field family integer 4 or 6 (own addition).
---@operator lt: boolean
local Address = {}

---`==`, `<`, `<=` compare addresses.
---@param other haka.Address
---@return boolean
function Address:__eq(other) end

---@param other haka.Address
---@return boolean
function Address:__lt(other) end

---@param other haka.Address
---@return boolean
function Address:__le(other) end

---Text of the address: `tostring(address)`.
---@return string
function Address:tostring() end

---A network.
---@class haka.Network
---@field net haka.Address As it was given, host bits too.
---@field mask integer Number of bits.
local Network = {}

---Whether an address is in it. Error `nil argument`.
---@param address haka.Address
---@return boolean
function Network:contains(address) end

---`a.b.c.d/n`: `tostring(network)`.
---@return string
function Network:tostring() end

---A checksum over pieces.
---@class haka.Checksum
local Checksum = {}

---@param data haka.VbufferSub|haka.Vbuffer
function Checksum:process(data) end

---@return integer
function Checksum:reduce() end

---A table of connections.
---@class haka.CnxTable
local CnxTable = {}

---Error `cnx already exists`.
---@param srcip haka.Address
---@param dstip haka.Address
---@param srcport integer
---@param dstport integer
---@return haka.Cnx
function CnxTable:create(srcip, dstip, srcport, dstport) end

---The connection, the direction seen from who made it, and whether it was dropped (then without the connection).
---@param srcip haka.Address
---@param dstip haka.Address
---@param srcport integer
---@param dstport integer
---@return haka.Cnx?
---@return 'up'|'down'|nil
---@return boolean?
function CnxTable:get(srcip, dstip, srcport, dstport) end

---@param id integer
---@return haka.Cnx?
function CnxTable:get_byid(id) end

---@param dropped_too? boolean
---@return haka.Cnx[]
function CnxTable:all(dropped_too) end

---A connection of such a table.
---@class haka.Cnx
---@field data any **RW**
---@field id integer
---@field in_pkts integer
---@field in_bytes integer
---@field out_pkts integer
---@field out_bytes integer
local Cnx = {}

---Forgets it.
function Cnx:close() end

---Keeps it as dropped.
function Cnx:drop() end

---Counts a packet.
---@param direction 'up'|'down'
---@param bytes integer
function Cnx:update_stat(direction, bytes) end

---@class haka.Ipv4Events
---@field receive_packet haka.Event `(packet)`: each packet, each fragment.
---@field receive_packet_reassembled haka.Event `(packet)`: each packet or complete datagram.
---@field send_packet haka.Event `(packet)`: once per datagram that leaves.
---@field protocol_error haka.Event Never signalled.

---@class haka.Ipv4Policies
---@field next_dissector haka.Policy `proto`.

---@class haka.Ipv4Dissector : haka.Dissector
---@field events haka.Ipv4Events
---@field policies haka.Ipv4Policies

---@class haka.Dissectors
---@field ipv4 haka.Ipv4Dissector
---@field ipv4lua haka.Ipv4Dissector After `require('protocol/ipv4lua')`: the packets as tables, whose `opt` is an array of options with `copy`, `class`, `number`, `len`, `data`, `type`. Fragments are not put together.

--- ## Module

---@class haka.Ipv4Module
---@field events haka.Ipv4Events
---@field options {enable_reassembly: boolean} For rules of Haka 0.3.
local ipv4 = {}

---`ipv4.addr('10.0.0.1')`, `ipv4.addr(packed)`, `ipv4.addr(10, 0, 0, 1)`. Error `invalid IPv4 address format`, `invalid parameter`.
---
---```lua
---local ipv4 = require('protocol/ipv4')
---print(ipv4.addr('10.0.0.1'), ipv4.addr(192, 168, 0, 1).packed)   --> 10.0.0.1 -1062731775
---print(ipv4.network('10.0.0.0/8'):contains(ipv4.addr('10.2.3.4')))   --> true
---```
---@param address string|integer
---@param b? integer
---@param c? integer
---@param d? integer
---@return haka.Address
function ipv4.addr(address, b, c, d) end

---`ipv4.network('10.0.0.0/8')`, `ipv4.network(address, 8)`. Error `invalid IPv4 network address format`, `Invalid IPv4 addresss network format`.
---@param network string|haka.Address
---@param bits? integer
---@return haka.Network
function ipv4.network(network, bits) end

---A checksum over pieces.
---@return haka.Checksum
function ipv4.inet_checksum() end

---A checksum in one go; 0 over data with a right one.
---@param data haka.VbufferSub|haka.Vbuffer
---@return integer
function ipv4.inet_checksum_compute(data) end

---@return haka.CnxTable
function ipv4.cnx_table() end

---Gives the packets of a protocol to a dissector, as Haka 0.3 did it.
---@param proto integer
---@param dissector any
function ipv4.register_protocol(proto, dissector) end

---@param packet haka.Packet
---@return haka.Ipv4Packet
function ipv4.create(packet) end

return ipv4
