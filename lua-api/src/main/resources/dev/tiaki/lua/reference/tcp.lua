---@meta protocol/tcp

--- # TCP packets

---A TCP packet.
---@class haka.TcpPacket : haka.Ipv4Packet
---@field srcport integer **RW**
---@field dstport integer **RW**
---@field seq integer **RW**
---@field ack_seq integer **RW**
---@field res integer **RW** Four bits.
---@field hdr_len integer **RW** In bytes.
---@field window_size integer **RW**
---@field checksum integer **RW**
---@field urgent_pointer integer **RW**
---@field flags haka.TcpFlags
---@field payload haka.Vbuffer
---@field options haka.TcpOptions Own addition.
---@field ip haka.Ipv4Packet For rules of Haka 0.3.
local TcpPacket = {}

---@return boolean
function TcpPacket:verify_checksum() end

function TcpPacket:compute_checksum() end

---@class haka.TcpFlags
---@field fin boolean **RW**
---@field syn boolean **RW**
---@field rst boolean **RW**
---@field psh boolean **RW**
---@field ack boolean **RW**
---@field urg boolean **RW**
---@field ecn boolean **RW**
---@field cwr boolean **RW**
---@field all integer **RW** Eight bits, `fin` the lowest.

---The options; own addition. Numbers are nil when their option is missing.
---@class haka.TcpOptions
---@field mss integer? **RW**
---@field window_scale integer? **RW**
---@field timestamp_value integer? **RW**
---@field timestamp_echo integer? **RW**
---@field sack_permitted boolean
---@field sack {left: integer, right: integer}[]
local TcpOptions = {}

---@return {kind: integer, data: string}[]
function TcpOptions:list() end

---Replaces all.
---@param options {kind: integer, data: string}[]
function TcpOptions:set(options) end

---@param kind integer
---@return boolean
function TcpOptions:has(kind) end

---Overwrites an option by padding.
---@param kind integer
function TcpOptions:blank(kind) end

---Puts the packets of one direction in order, for dissectors that do without `tcp_connection`.
---
---```lua
---local tcp = require('protocol/tcp')
---local Plain = haka.dissector.new{ name = 'plain', type = haka.helper.PacketDissector }
---local streams = {}
---function Plain.method:receive()
---	local pkt = self._parent
---	if pkt.flags.syn then
---		streams[pkt.srcport] = tcp.tcp_stream()
---		streams[pkt.srcport]:init(pkt.seq + 1)
---		return pkt:send()
---	end
---	local stream = streams[pkt.srcport]
---	if not stream then
---		return pkt:send()
---	end
---	local current = stream:push(pkt)
---	local data = current and current:sub('available')
---	if data then
---		print(data:asstring())
---	end
---	local ready = stream:pop()
---	while ready do
---		ready:send()
---		ready = stream:pop()
---	end
---end
---haka.policy{ on = haka.dissectors.tcp.policies.next_dissector, dstport = 7777,
---	action = haka.dissectors.plain.install }
---```
---@class haka.TcpStream
---@field stream haka.VbufferStream The payloads in order.
---@field lastseq integer The number behind the last byte that came out, as the receiver has it.
local TcpStream = {}

---Says which sequence number the first byte has.
---@param seq integer
function TcpStream:init(seq) end

---Takes a packet in; it waits for `pop`. The result is where its payload begins, the end of the stream while bytes before
---it are missing, nil when its bytes are known already: it is dropped then. Errors `uninitialized stream`, and
---`operation not supported` for packets that `tcp_connection` keeps in order. All streams together hold at most 4096
---packets and 16 MiB; beyond that the oldest packet is dropped.
---@param packet haka.TcpPacket
---@return haka.VbufferIterator?
function TcpStream:push(packet) end

---The next packet that is in order and that nothing keeps, to be sent. One of which everything was erased is dropped already.
---@return haka.TcpPacket?
function TcpStream:pop() end

---Makes a packet's sequence number what it is after edits.
---@param packet haka.TcpPacket
function TcpStream:seq(packet) end

---Makes an acknowledgement what it is before edits.
---@param packet haka.TcpPacket
function TcpStream:ack(packet) end

---Drops what it holds; `init` begins anew.
function TcpStream:clear() end

---@class haka.TcpEvents
---@field receive_packet haka.Event `(packet)`: whatever connection it belongs to.
---@field send_packet haka.Event `(packet)`
---@field protocol_error haka.Event Never signalled.

---@class haka.TcpPolicies
---@field next_dissector haka.Policy `dstport`.

---@class haka.TcpDissector : haka.Dissector
---@field events haka.TcpEvents
---@field policies haka.TcpPolicies

---@class haka.Dissectors
---@field tcp haka.TcpDissector

--- ## Module

---@class haka.TcpModule
---@field events haka.TcpEvents
local tcp = {}

---@param ip haka.Ipv4Packet|haka.Ipv6Packet
---@return haka.TcpPacket
function tcp.create(ip) end

---@return haka.TcpStream
function tcp.tcp_stream() end

---Gives TCP packets to a dissector, as Haka 0.3 did it.
---@param dissector any
function tcp.select_next_dissector(dissector) end

return tcp
