---@meta misc/asm

--- # misc/asm
---
--- Disassembles machine code, through the library Capstone (Debian: `libcapstone4`); an error says so where it is not installed.
--- What is no instruction is called `(bad)`: one octet for x86, two for thumb, else four.

---@class haka.Disassembler
local Disassembler = {}

---Error `unknown syntax`.
---@param syntax 'intel'|'att'
function Disassembler:setsyntax(syntax) end

---Reads one instruction, and moves an iterator behind it; false at the end. Error `invalid instruction`, `invalid iterator`.
---@param code string|haka.VbufferIterator|haka.BlockingIterator
---@param into haka.Instruction
---@return boolean
function Disassembler:disassemble(code, into) end

---Prints the instructions.
---@param code string|haka.VbufferIterator|haka.BlockingIterator
---@param max? integer 10 000 unless told.
function Disassembler:dump_instructions(code, max) end

---@class haka.Instruction
---@field id integer
---@field address integer
---@field size integer
local Instruction = {}

---@return string
function Instruction:mnemonic() end

---@return string
function Instruction:op_str() end

---@return string
function Instruction:bytes() end

---Prints address, text and bytes.
function Instruction:pprint() end

--- ## Module

local asm = {}

---Error `unsupported hardware architecture`, `unsupported hardware mode`.
---@param architecture string `arm`, `arm64`, `mips`, `x86`, `ppc`, `sparc`, `sysz` or `xcore`.
---@param mode string `arm`, `16`, `32`, `64` or `thumb`.
---@return haka.Disassembler
function asm.new_disassembler(architecture, mode) end

---@param address? integer
---@return haka.Instruction
function asm.new_instruction(address) end

return asm
