-- A function that begins with a loop over its parameter and returns several values.
local list = { name = 'a', next = { name = 'b', next = { name = 'c' } } }

local function find(node, name)
	while node do
		if node.name == name then
			return node, node.next
		end
		node = node.next
	end
	return nil, 'not found'
end

local second, third = find(list, 'b')
print(second.name, third.name)
print(find(list, 'z'))

local function count(n, ...)
	repeat
		n = n - 1
		if n == 2 then
			return n, ...
		end
	until n == 0
	return 'none'
end

print(count(5, 'x', 'y'))
print(count(2))
