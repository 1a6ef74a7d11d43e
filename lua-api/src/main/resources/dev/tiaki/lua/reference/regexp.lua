---@meta regexp/pcre

--- # Regular expressions
---
--- ```lua
--- local re = require('regexp/pcre').re
--- print(re:match('%d+', 'port 8080'))                --> 8080 5 9
--- local c = re:compile('(?<key>%w+)=(%w+)'):captures('a=1')
--- print(c.key, c[2])                                 --> a 1
---
--- local sink = re:compile('aabc|abd'):create_sink()
--- print((sink:feed(haka.vbuffer_from('aab'):sub())))  --> false
--- print((sink:feed(haka.vbuffer_from('d'):sub())))    --> true
--- ```
---
--- Patterns are PCRE's, with `%` in the place of the backslash: `%d+`, `%.`, `%x41`, `%%` for a percent sign. They match bytes; letters, digits and POSIX
--- classes (`[[:blank:]]`) are those of ASCII. `^` and `$` match at line breaks.
---
--- In a string the match is the one that Perl finds: the leftmost, by the preferences of alternatives and of greedy or lazy quantifiers. In ranges, on iterators and in
--- sinks it is the leftmost and, of those, the **longest**; lazy quantifiers change nothing. A match at the end of the data that could still grow is decided by what follows.
---
--- ## Linear time
---
--- A search takes time in proportion to the text, whatever the pattern and whatever the text; there is no input that makes a pattern explode, and no workspace to
--- exceed. So what needs backtracking is refused when the pattern is compiled: back references, look-ahead and look-behind, atomic groups and possessive quantifiers,
--- recursion, conditions, `%K`. Counted repetitions are unrolled; a pattern of more than 20 000 steps is `regular expression is too large`. A rule pays for its searches
--- from its budget.
---
--- The engine is our own, some 1 900 lines in `engine.regexp`: Thompson's automaton, made deterministic as texts ask for it, in bounded memory. The
--- libraries were looked at first. RE2/J is linear, but takes a whole text (over `byte[]` as UTF-8) and cannot stop at the end of a piece and go on in the next; brics automaton has no
--- anchors, no preferences and determinises beforehand, which a hostile pattern makes exponential; Vectorscan streams, but is native and does not say where a match begins without a
--- per-pattern horizon. What streams needed is a state that remembers where each possible match began; that is what the states here are made of.

---The engine: `require('regexp/pcre').re`.
---@class haka.RegexpModule
---@field CASE_INSENSITIVE integer 1, an option; options are added.
---@field EXTENDED integer 2: white space and `#` comments in the pattern do not count.
local RegexpModule = {}

---Compiles a pattern. Error `PCRE compilation failed with error '…' at offset n`, `nil argument`.
---@param pattern string
---@param options? integer
---@return haka.Regexp
function RegexpModule:compile(pattern, options) end

---As `regexp:match`; the last hundred patterns are remembered.
---@param pattern string
---@param input string|haka.VbufferSub|haka.VbufferIterator|haka.BlockingIterator
---@param options? integer
---@param createsub? boolean
---@return any ...
function RegexpModule:match(pattern, input, options, createsub) end

---A compiled pattern.
---@class haka.Regexp
local Regexp = {}

---A string: text, first (from 0), behind the end; `nil, -1, -1` without a match. A range: the range of the match or nil. An iterator: true or false, with `createsub` the range or nil; it stands behind the match afterwards, at the end without one. A blocking iterator waits until it is decided. With `createsub` what may belong to the match stays in the stream; with `readonly` it leaves and can be read.
---@param input string|haka.VbufferSub|haka.VbufferIterator|haka.BlockingIterator
---@param createsub? boolean
---@param readonly? boolean
---@return any ...
function Regexp:match(input, createsub, readonly) end

---A table with the whole match at 0, each group at its number and its name (`(?<name>…)`), false for a group that took no part; or nil (own addition).
---@param text string
---@return table?
function Regexp:captures(text) end

---For a text that comes in pieces.
---@return haka.RegexpSink
function Regexp:create_sink() end

---A search in a text that comes in pieces.
---@class haka.RegexpSink
local RegexpSink = {}

---Whether there is a match. For a range also an iterator on its beginning when that is news, and one behind its end when it is there. `feed(nil, true)` says that nothing follows.
---@param data string|haka.VbufferSub|nil
---@param eof? boolean
---@param result? haka.RegexpResult Told where the match is, for strings.
---@return boolean
---@return haka.VbufferIterator?
---@return haka.VbufferIterator?
function RegexpSink:feed(data, eof, result) end

---Whether the text so far ends inside what may become a match.
---@return boolean
function RegexpSink:ispartial() end

---Where a match is, counted from the first byte that was fed.
---@class haka.RegexpResult
---@field first integer **RW** -1 while unknown.
---@field last integer **RW** Behind the end, -1 while unknown.

---@return haka.RegexpResult
function haka.regexp_result() end

---@class haka.RegexpPcre
---@field re haka.RegexpModule
local pcre = {}

return pcre
