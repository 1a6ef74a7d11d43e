-- Argument checks that raise with the position of the caller's caller.
local check = {}

function check.error(msg, level)
	error(msg, (level or 0) + 3)
end

function check.assert(cond, msg, level)
	if not cond then
		error(msg, (level or 0) + 3)
	end
end

function check.types(n, value, names, level)
	local actual = type(value)
	for _, name in ipairs(names) do
		if actual == name then
			return
		end
	end
	error(string.format("invalid parameter %d, expected %s", n, table.concat(names, " or ")), (level or 0) + 3)
end

function check.type(n, value, name, level)
	if type(value) ~= name then
		error(string.format("invalid parameter %d, expected %s", n, name), (level or 0) + 3)
	end
end

return check
