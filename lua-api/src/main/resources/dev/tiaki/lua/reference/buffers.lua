---@meta

--- # Buffers
---
--- A buffer is a chain of pieces of memory. Positions and ranges keep their place while other parts of the buffer change.
---
--- ```lua
--- local buffer = haka.vbuffer_from('hello world')
--- buffer:sub(0, 5):setstring('goodbye')
--- print(buffer:sub():asstring(), #buffer)   --> goodbye world 13
--- ```
---
--- A position whose bytes are gone raises `invalid buffer iterator`; writing where nothing can be changed raises `read only buffer`.

---A buffer. `#buffer` is its size; `buffer[i]` **RW** its bytes, which count from 1; outside: 255, writes are ignored.
---@class haka.Vbuffer
---@field modified boolean Whether anything was written, inserted or taken out.
---@field [integer] integer
---@operator len: integer
local Vbuffer = {}

---A position. Error `unknown buffer position: x`, `missing pos parameter`.
---@param offset integer|'begin'|'end' From 0.
---@return haka.VbufferIterator
function Vbuffer:pos(offset) end

---A range, of the whole buffer unless told. Error `unknown sub buffer mode: x`.
---@param offset? integer From 0.
---@param size? integer|'all'
---@return haka.VbufferSub
function Vbuffer:sub(offset, size) end

---Moves the bytes of another buffer to the end of this one. Error `circular buffer insertion`.
---@param other haka.Vbuffer
function Vbuffer:append(other) end

---A buffer with the same bytes. Writing to one never changes the other. Error `invalid clone mode`.
---@param mode? 'rw'|'copy'|'ro orig'|'ro clone'
---@return haka.Vbuffer
function Vbuffer:clone(mode) end

---A range of a buffer. `#sub` is its size, `sub[i]` **RW** its bytes.
---@class haka.VbufferSub
---@field [integer] integer
---@operator len: integer
local VbufferSub = {}

---@return integer
function VbufferSub:size() end

---A range inside it.
---@param offset? integer
---@param size? integer|'all'
---@return haka.VbufferSub
function VbufferSub:sub(offset, size) end

---A position inside it.
---@param offset integer|'begin'|'end'
---@return haka.VbufferIterator
function VbufferSub:pos(offset) end

---Fills it with zeros.
function VbufferSub:zero() end

---Takes the bytes out of the buffer.
function VbufferSub:erase() end

---Puts the bytes of a buffer in their place. Error `circular buffer insertion`.
---@param by haka.Vbuffer
function VbufferSub:replace(by) end

---Whether the bytes are in one piece of memory.
---@return boolean
function VbufferSub:isflat() end

---Brings them into one piece. Error `buffer cannot be flatten`.
function VbufferSub:flatten() end

---Whether there are this many bytes, and how many there are up to it.
---@param n integer
---@return boolean
---@return integer
function VbufferSub:check_size(n) end

---Takes the bytes out into a buffer of their own; the iterator's `restore` puts them back.
---@return haka.VbufferIterator
---@return haka.Vbuffer
function VbufferSub:select() end

---Number of 1, 2, 4 or 8 bytes, of which 4 are signed as in Haka. Error `asnumber: unsupported size n`.
---@param endian? 'big'|'little'
---@return number
function VbufferSub:asnumber(endian) end

---Writes a number. Error `setnumber: invalid number, value does not fit in n bytes`, `setnumber: unsupported size n`.
---@param value number
---@param endian? 'big'|'little'
function VbufferSub:setnumber(value, endian) end

---Number of some bits. Error `asbits: invalid bit offset`, `asbits: invalid bit size`, `asbits: unsupported size`.
---@param offset integer From the most significant bit of the first byte.
---@param bits integer
---@param endian? 'big'|'little'
---@return number
function VbufferSub:asbits(offset, bits, endian) end

---Writes a number of some bits. Error `setbits: invalid number, value does not fit in n bits` and others.
---@param offset integer
---@param bits integer
---@param value number
---@param endian? 'big'|'little'
function VbufferSub:setbits(offset, bits, value, endian) end

---The bytes.
---@return string
function VbufferSub:asstring() end

---Overwrites bytes in place; what is too long is left out.
---@param s string
function VbufferSub:setfixedstring(s) end

---Puts a string in the place of the bytes, whatever its length.
---@param s string
function VbufferSub:setstring(s) end

---A position in a buffer.
---@class haka.VbufferIterator
---@field meter integer **RW** Bytes that were passed.
---@field iseof boolean Whether it is at the end and no more can come.
local VbufferIterator = {}

---@return haka.VbufferIterator
function VbufferIterator:copy() end

---Goes forward.
---@param n integer
---@return integer bytes that were really passed.
function VbufferIterator:advance(n) end

---Bytes up to the end.
---@return integer
function VbufferIterator:available() end

---Whether there are this many bytes, and how many there are up to it.
---@param n integer
---@return boolean
---@return integer
function VbufferIterator:check_available(n) end

---Range of the next bytes; the iterator stands behind it. `'available'` gives nil at the end.
---@param n integer|'available'|'all'
---@param split? boolean Cuts the buffer there.
---@return haka.VbufferSub?
function VbufferIterator:sub(n, split) end

---Inserts a buffer; the iterator stands behind it. Error `missing data parameter`, `circular buffer insertion`, `read only buffer`.
---@param data haka.Vbuffer
---@return haka.VbufferSub
function VbufferIterator:insert(data) end

---Has a stream keep its data from here on.
---@param readonly? boolean The data leaves, and can still be read.
function VbufferIterator:mark(readonly) end

---Lets go. Error `iterator is not a mark`.
function VbufferIterator:unmark() end

---Puts back what `select` took out. Error `invalid restore iterator`.
---@param data haka.Vbuffer
---@param clone? boolean
function VbufferIterator:restore(data, clone) end

---Takes the place of another iterator.
---@param to haka.VbufferIterator
function VbufferIterator:move_to(to) end

---Cuts the buffer here.
function VbufferIterator:split() end

---`iseof`.
---@return boolean
function VbufferIterator:wait() end

---Everything that is available, once.
---@return fun(): haka.VbufferSub
function VbufferIterator:foreach_available() end

---What streamed rules get: its methods wait for data, or for the end.
---@class haka.BlockingIterator
---@field meter integer **RW** Bytes that were passed.
---@field iseof boolean
local BlockingIterator = {}

---An iterator that does not wait.
---@return haka.VbufferIterator
function BlockingIterator:copy() end

---Goes forward; waits until it has.
---@param n integer|'all'
---@return integer bytes passed, less at the end.
function BlockingIterator:advance(n) end

---Bytes that are there.
---@return integer
function BlockingIterator:available() end

---Waits for bytes, and keeps them from leaving so that the rule can edit them.
---@param n integer
---@param nonblocking? boolean
---@return boolean
---@return integer
function BlockingIterator:check_available(n, nonblocking) end

---Waits for a range; nil at the end. The bytes of `sub(n)` cannot leave while it waits; in `hakapcap`, and for `'all'`, they do and can only be read.
---@param n integer|'available'|'all'
---@return haka.VbufferSub?
function BlockingIterator:sub(n) end

---@param data haka.Vbuffer
---@return haka.VbufferSub
function BlockingIterator:insert(data) end

---@param readonly? boolean
function BlockingIterator:mark(readonly) end

function BlockingIterator:unmark() end

---@param to haka.VbufferIterator|haka.BlockingIterator
function BlockingIterator:move_to(to) end

function BlockingIterator:split() end

---True when there is data, false at the end.
---@return boolean
function BlockingIterator:wait() end

---Each piece as it comes.
---@return fun(): haka.VbufferSub
function BlockingIterator:foreach_available() end

---Buffers one behind the other, which come and leave. Error `stream marked as finished`.
---@class haka.VbufferStream
---@field data haka.Vbuffer What is in it.
---@field isfinished boolean
local VbufferStream = {}

---Adds a buffer.
---@param data haka.Vbuffer
---@return haka.VbufferIterator to its beginning.
function VbufferStream:push(data) end

---The oldest buffer as it is now, or nil while it is kept.
---@return haka.Vbuffer?
function VbufferStream:pop() end

---No more will come.
function VbufferStream:finish() end

---@return haka.Comanager
function VbufferStream:getcomanager() end

---The same over ranges of other buffers, which go back to their places when they are popped.
---@class haka.VbufferSubStream
---@field data haka.Vbuffer
---@field isfinished boolean
local VbufferSubStream = {}

---@param data haka.VbufferSub?
---@return haka.VbufferIterator?
function VbufferSubStream:push(data) end

---@return haka.VbufferSub?
function VbufferSubStream:pop() end

function VbufferSubStream:finish() end

---@return haka.Comanager
function VbufferSubStream:getcomanager() end

---Coroutines over a stream.
---
---```lua
---local stream = haka.vbuffer_stream()
---local manager = stream:getcomanager()
---manager:start('reader', function (iter)
---  print(iter:sub(4):asstring())
---end)
---manager:process_all(stream:push(haka.vbuffer_from('ab')))
---manager:process_all(stream:push(haka.vbuffer_from('cd')))   --> abcd
---```
---@class haka.Comanager
local Comanager = {}

---@return haka.Comanager
function Comanager:new() end

---Registers a coroutine, which runs when there is data.
---@param id any
---@param f fun(iter: haka.BlockingIterator)
function Comanager:start(id, f) end

---@param id any
---@return boolean
function Comanager:has(id) end

---Goes on with one coroutine.
---@param id any
---@param at haka.VbufferIterator
function Comanager:process(id, at) end

---Goes on with all.
---@param at haka.VbufferIterator
function Comanager:process_all(at) end

---Id for a function and an object.
---@param f function
---@param object any
---@return any
function Comanager.hash(f, object) end

--- ## Functions

---A buffer of these bytes.
---@param bytes string
---@return haka.Vbuffer
function haka.vbuffer_from(bytes) end

---A buffer of zeros.
---@param size integer
---@param zero? boolean
---@return haka.Vbuffer
function haka.vbuffer_allocate(size, zero) end

---The range between two positions.
---@param from haka.VbufferIterator
---@param to haka.VbufferIterator
---@return haka.VbufferSub
function haka.vbuffer_sub(from, to) end

---An iterator that waits, for use in a coroutine.
---@param at haka.VbufferIterator
---@return haka.BlockingIterator
function haka.vbuffer_iterator_blocking(at) end

---@return haka.VbufferStream
function haka.vbuffer_stream() end

---@return haka.VbufferSubStream
function haka.vbuffer_sub_stream() end

---The class of coroutine managers.
---@type haka.Comanager
haka.vbuffer_stream_comanager = nil
