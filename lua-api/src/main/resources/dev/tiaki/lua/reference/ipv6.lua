---@meta protocol/ipv6

--- # IPv6
---
--- Own addition: Haka knew IPv4 alone.

---An IPv6 packet, or a whole datagram when it was reassembled.
---@class haka.Ipv6Packet : haka.AnyPacket, haka.Packet
---@field version integer **RW**
---@field traffic_class integer **RW**
---@field flow_label integer **RW**
---@field len integer **RW** Of the payload, in bytes.
---@field hop_limit integer **RW**
---@field ttl integer **RW** The same.
---@field proto integer **RW** Behind the extension headers.
---@field next_header integer
---@field hdr_len integer
---@field frag_offset integer
---@field id integer
---@field mf boolean
---@field src haka.Address **RW**
---@field dst haka.Address **RW**
---@field payload haka.Vbuffer
---@field dont_reassemble boolean **RW**
---@field raw haka.Packet

---@class haka.Ipv6Events
---@field receive_packet haka.Event `(packet)`: each packet, each fragment.
---@field receive_packet_reassembled haka.Event `(packet)`: each packet or complete datagram.
---@field send_packet haka.Event `(packet)`: once per datagram that leaves.

---@class haka.Ipv6Policies
---@field next_dissector haka.Policy `proto`.

---@class haka.Ipv6Dissector : haka.Dissector
---@field events haka.Ipv6Events
---@field policies haka.Ipv6Policies

---@class haka.Dissectors
---@field ipv6 haka.Ipv6Dissector

--- ## Module

---@class haka.Ipv6Module
---@field events haka.Ipv6Events
local ipv6 = {}

---@param address string
---@return haka.Address
function ipv6.addr(address) end

---@param network string|haka.Address
---@param bits? integer
---@return haka.Network
function ipv6.network(network, bits) end

---@param packet haka.Packet
---@return haka.Ipv6Packet
function ipv6.create(packet) end

return ipv6
