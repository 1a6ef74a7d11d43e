---@meta protocol/udp

--- # UDP packets

---A UDP packet.
---@class haka.UdpPacket : haka.Ipv4Packet
---@field srcport integer **RW**
---@field dstport integer **RW**
---@field length integer **RW** Header and data; made right when anything was changed.
---@field checksum integer **RW** Made right when anything was changed.
---@field payload haka.VbufferSub Behind the header; what stands behind `length` does not count.
---@field [string] any
local UdpPacket = {}

---Without a checksum true over IPv4, false over IPv6.
---@return boolean
function UdpPacket:verify_checksum() end

function UdpPacket:compute_checksum() end

---@class haka.UdpEvents
---@field receive_packet haka.Event `(packet)`: whatever flow it belongs to.
---@field send_packet haka.Event `(packet)`

---@class haka.UdpPolicies
---@field next_dissector haka.Policy `srcport dstport`.

---@class haka.UdpDissector : haka.Dissector
---@field events haka.UdpEvents
---@field policies haka.UdpPolicies

---@class haka.Dissectors
---@field udp haka.UdpDissector

--- ## Module

---@class haka.UdpModule
---@field events haka.UdpEvents
local udp = {}

---@param ip haka.Ipv4Packet|haka.Ipv6Packet
---@param init? {srcport: integer, dstport: integer, length: integer, checksum: integer} `length` counts the header.
---@return haka.UdpPacket
function udp.create(ip, init) end

return udp
