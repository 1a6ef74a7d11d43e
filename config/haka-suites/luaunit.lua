-- The part of LuaUnit 1.x that Haka's suites use, so that they run without it: assertions as
-- globals, and a runner that counts what fails.
LuaUnit = {}

function LuaUnit:setVerbosity()
end

local function shown(value)
	if type(value) == 'string' then
		return string.format("%q", value)
	end
	return tostring(value)
end

local function same(a, b)
	if type(a) ~= 'table' or type(b) ~= 'table' then
		return a == b
	end
	for key, value in pairs(a) do
		if not same(value, b[key]) then
			return false
		end
	end
	for key in pairs(b) do
		if a[key] == nil then
			return false
		end
	end
	return true
end

local function fail(text)
	error(text, 3)
end

function assertEquals(actual, expected)
	if not same(actual, expected) then
		fail("expected: " .. shown(expected) .. ", actual: " .. shown(actual))
	end
end

function assertNotEquals(actual, unexpected)
	if same(actual, unexpected) then
		fail("unexpected: " .. shown(actual))
	end
end

function assertTrue(value)
	if not value then
		fail("expected something true, actual: " .. shown(value))
	end
end

function assertFalse(value)
	if value then
		fail("expected something false, actual: " .. shown(value))
	end
end

for name, kind in pairs{ Number = 'number', String = 'string', Table = 'table', Boolean = 'boolean',
	Nil = 'nil', Function = 'function', Userdata = 'userdata', Thread = 'thread' } do
	_G['assertIs' .. name] = function (value)
		if type(value) ~= kind then
			fail("expected a " .. kind .. ", actual: " .. shown(value))
		end
	end
end

-- Runs every method of the suite whose name begins with "test" and returns how many failed.
function LuaUnit:run(suite)
	local failed = 0
	for name, test in sorted_pairs(_G[suite]) do
		if type(test) == 'function' and name:lower():sub(1, 4) == 'test' then
			local instance = setmetatable({}, { __index = _G[suite] })
			if instance.setUp then instance:setUp() end
			local passed, problem = pcall(test, instance)
			if instance.tearDown then instance:tearDown() end
			print((passed and "ok     " or "FAILED ") .. suite .. ":" .. name)
			if not passed then
				print("       " .. tostring(problem))
				failed = failed + 1
			end
		end
	end
	return failed
end
