---@meta

--- # Grammars
---
--- A grammar describes messages; it parses them from buffers and streams, and its results write back into the bytes they came from.
---
--- ```lua
--- local g = haka.grammar.new('example', function ()
---   header = record{
---     field('name', token('[^:%r%n]+')), token(': '),
---     field('value', token('[^%r%n]+')), token('%r?%n'),
---   }
---   message = record{
---     field('version', number(4)), field('kind', number(4)),
---     field('count', number(8)),
---     field('headers', array(header):count(function (message) return message.count end)),
---     field('body', bytes()),
---   }
---   export(message)
--- end)
---
--- local buffer = haka.vbuffer_from('\x45\x01Host: here\r\nrest')
--- local result, err = g.message:parse(buffer:pos('begin'))
--- print(result.version, result.headers[1].name, result.body:asstring())   --> 4 Host rest
--- result.headers[1].value = 'elsewhere'
--- print(buffer:sub(2, 15):asstring())   --> Host: elsewhere
--- ```
---
--- `haka.grammar.new(name, definition)` runs the definition; what it assigns to **new** globals are rules. A name that is a global already is not captured. A rule that is named inside
--- another stands for whatever it is when the grammar is compiled, which is at the end of the definition, once, to a graph of Java objects.
---
--- Bounds: rules nest ten deep in themselves (`grammar max recursion reached`); each step and each result is paid from the rule's budget, so a repetition without an end is stopped with
--- `rule stopped`; marks that a callback left, or that an error passed by, are removed when the parse ends.

--- ## Words
---
--- What can be written in a definition, and only there.

---One bit as a boolean.
---@type haka.GrammarEntity
flag = nil

---`bytes()` as a string.
---@type haka.GrammarEntity
text = nil

---@type haka.Converters
converter = nil

---Names the rules that can be parsed from outside. Error `can only export named rules`, `exported rule must be registered in the grammar: x`.
---@param ... haka.GrammarEntity
function export(...) end

---Takes over rules and exports of other grammars, which can be redefined.
---@param ... haka.Grammar
function extend(...) end

---Announces a rule that is used before it is assigned. Error `undefined entity: x` when it never is.
---@param ... string
function define(...) end

---One after the other; all data from its beginning on stays in the stream until it is complete.
---@param entities haka.GrammarEntity[]
---@return haka.GrammarEntity
function record(entities) end

---One after the other, the data leaving as it is parsed.
---@param entities haka.GrammarEntity[]
---@return haka.GrammarEntity
function sequence(entities) end

---All begin at the same place; the longest says where it ends.
---@param entities haka.GrammarEntity[]
---@return haka.GrammarEntity
function union(entities) end

---The first that parses; what a failed one did is undone. Error `cannot create a try element without any case`.
---@param entities haka.GrammarEntity[]
---@return haka.GrammarEntity
function try(entities) end

---The entity whose key the selector gives; `default` may be `'error'`, `'continue'` or an entity. Parse error `invalid case`.
---@param cases table<any, haka.GrammarEntity|string>
---@param selector fun(result: any, ctx: haka.ParseContext): any
---@return haka.GrammarEntity
function branch(cases, selector) end

---Parsed when the function gives true.
---@param entity haka.GrammarEntity
---@param present fun(result: any, ctx: haka.ParseContext): boolean
---@return haka.GrammarEntity
function optional(entity, present) end

---A repetition, to be completed by `count`, `untilcond` or `whilecond`.
---@param entity haka.GrammarEntity
---@return haka.GrammarEntity
function array(entity) end

---Up to 64 bits, which may share bytes with their neighbours.
---@param bits integer
---@param endian? 'big'|'little'
---@return haka.GrammarEntity
function number(bits, endian) end

---The longest match that begins here, as a string. Parse error `token /re/ doesn't match`.
---@param pattern string
---@return haka.GrammarEntity
function token(pattern) end

---The same as a range.
---@param pattern string
---@return haka.GrammarEntity
function raw_token(pattern) end

---Raw data; alone, everything up to the end.
---@return haka.GrammarEntity
function bytes() end

---Skips to the next multiple.
---@param bits integer
---@return haka.GrammarEntity
function align(bits) end

---Names what becomes a field of the result.
---@param name string
---@param entity haka.GrammarEntity
---@return haka.GrammarEntity
function field(name, entity) end

---Raises a Lua error when the function gives false.
---@param f fun(result: any, ctx: haka.ParseContext): boolean
---@param message string
---@return haka.GrammarEntity
function verify(f, message) end

---Calls a function.
---@param f fun(result: any, ctx: haka.ParseContext)
---@return haka.GrammarEntity
function execute(f) end

---Nothing.
---@return haka.GrammarEntity
function empty() end

---A parse error.
---@param message string
---@return haka.GrammarEntity
function fail(message) end

---A part of a grammar. Its options give a changed copy.
---@class haka.GrammarEntity
local Entity = {}

---Reading the field gives `converter.get(raw)`, writing stores `converter.set(value)`.
---@param converter haka.Converter
---@param memoize? boolean Keep what was converted.
---@return haka.GrammarEntity
function Entity:convert(converter, memoize) end

---Keeps the value once it was read.
---@return haka.GrammarEntity
function Entity:memoize() end

---Computes a number that was set to nil, by assigning it: at the next read, or at `result:validate()`.
---@param f fun(result: any)
---@return haka.GrammarEntity
function Entity:validate(f) end

---Called right after parsing, on numbers, tokens, records and sequences.
---@param f fun(value: any, result: any, ctx: haka.ParseContext)
---@return haka.GrammarEntity
function Entity:apply(f) end

---Parse error `incorrect value, expected 'x' got 'y'` unless it has this value.
---@param value any|fun(result: any, ctx: haka.ParseContext): any
---@return haka.GrammarEntity
function Entity:const(value) end

---The class of the result.
---@param class haka.Class
---@return haka.GrammarEntity
function Entity:result(class) end

---Computed properties of a record: `name = f` or `name = { get = f, set = f }`. Error `record extra need to be named`, `invalid extra property 'x'`.
---@param properties table
---@return haka.GrammarEntity
function Entity:extra(properties) end

---Number of elements or of bytes. Parse error `byte count must not be negative, got n`.
---@param n integer|fun(result: any, ctx: haka.ParseContext): integer
---@return haka.GrammarEntity
function Entity:count(n) end

---Ends an array; asked before each element.
---@param f fun(last: any, ctx: haka.ParseContext): boolean
---@return haka.GrammarEntity
function Entity:untilcond(f) end

---Goes on with an array; asked before each element.
---@param f fun(last: any, ctx: haka.ParseContext): boolean
---@return haka.GrammarEntity
function Entity:whilecond(f) end

---Makes the elements that `append` adds.
---@param f fun(entity: haka.CompiledEntity, init: any): haka.Vbuffer, any
---@return haka.GrammarEntity
function Entity:creation(f) end

---Bytes up to a match, which is not part of them.
---@param pattern string
---@return haka.GrammarEntity
function Entity:untiltoken(pattern) end

---Each piece of the bytes as it comes; no field is made. `last` is true once.
---@param f fun(result: any, sub: haka.VbufferSub?, last: boolean, ctx: haka.ParseContext)
---@return haka.GrammarEntity
function Entity:chunked(f) end

---How a field is read and written.
---@class haka.Converter
---@field get fun(raw: any): any
---@field set fun(value: any): any

---The converters that are there.
---@class haka.Converters
---@field bool haka.Converter A number as a boolean.
---@field string haka.Converter A range as a string.
local Converters = {}

---Times n. Error `invalid value, it must be a multiple of n`.
---@param n number
---@return haka.Converter
function Converters.mult(n) end

---A text as a number.
---@param format string As `string.format` writes it.
---@param base integer
---@return haka.Converter
function Converters.tonumber(format, base) end

---A grammar: its exported rules are fields. Error `unknown grammar public rule 'x'`, `read-only table`.
---@class haka.Grammar
---@field unique_export haka.CompiledEntity? The only exported rule.
---@field [string] haka.CompiledEntity

---A rule that can be parsed.
---@class haka.CompiledEntity
local Compiled = {}

---Parses; the iterator stands behind what was parsed. A blocking iterator waits.
---@param at haka.VbufferIterator|haka.BlockingIterator
---@param user? any What `ctx.user` is.
---@return haka.ParseResult
---@return haka.ParseError?
function Compiled:parse(at, user) end

---Fills bytes that are there from a table.
---@param at haka.VbufferIterator
---@param init table
---@return haka.ParseResult
function Compiled:create(at, init) end

---Writes the graph in the DOT language.
---@param file file*
function Compiled:dump_graph(file) end

---What was parsed: its fields can be read and assigned.
---@class haka.ParseResult
---@field [string] any
local Result = {}

---Computes what was set to nil.
function Result:validate() end

---An array of results: `#`, `[i]`, `ipairs`.
---@class haka.ArrayResult
---@field [integer] any
---@operator len: integer
local ArrayResult = {}

---Takes an element and its bytes out.
---@param element integer|any
function ArrayResult:remove(element) end

---Adds an element. Error `missing create function in array options`.
---@param init any
function ArrayResult:append(init) end

---What callbacks are given; they may keep values in it during a parse.
---@class haka.ParseContext
---@field iter haka.VbufferIterator|haka.BlockingIterator Where the parse is.
---@field user any The second argument of `parse`.
---@field init boolean Whether something is created.
---@field current_init any What the current record is created from.
---@field retain_mark haka.VbufferIterator? Beginning of the innermost record.
---@field [string] any
local ParseContext = {}

---A result: 1 is the outermost, -1 the current one, -2 the one around it. Error `invalid result index`.
---@param index? integer
---@return haka.ParseResult
function ParseContext:result(index) end

---The next byte, -1 at the end.
---@return integer
function ParseContext:lookahead() end

---Keeps data from here on.
---@param readonly? boolean
function ParseContext:mark(readonly) end

---Lets go.
function ParseContext:unmark() end

---Moves the parse to a position.
---@param at haka.VbufferIterator
function ParseContext:update(at) end

---Reports a parse error; the parse ends behind the callback. Error `multiple parse errors raised`.
---@param format string
---@param ... any
function ParseContext:error(format, ...) end

---Why a parse failed; its text is logged at debug level in section `grammar`.
---@class haka.ParseError
---@field position haka.VbufferIterator
---@field field table `rule`, `id`, `name` of what failed.
---@field description string
local ParseError = {}

---Up to 100 bytes from the place.
---@return string
function ParseError:context() end

--- ## Functions

---Grammars.
haka.grammar = {}

haka.grammar.result = {}

---Defines a grammar. Error `grammar definition must be a function`, `'x' is reserved in the grammar scope`.
---@param name string
---@param definition fun()
---@return haka.Grammar
function haka.grammar.new(name, definition) end

---**RW** Whether `<name>-grammar.dot` is written for each grammar.
---@type boolean
haka.grammar.debug = false

---@type haka.Converters
haka.grammar.converter = nil

---@type haka.Class
haka.grammar.result.Result = nil

---@type haka.Class
haka.grammar.result.ArrayResult = nil
