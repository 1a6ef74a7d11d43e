package dev.tiaki.lua.haka;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The module {@code class}, in the order in which a name is looked up. */
class ClassModuleTest {
  private static final String ANIMALS =
      """
      local class = require('class')
      local Animal = class.class('Animal')
      function Animal.method:__init(name) self.name = name end
      function Animal.method:hello() return 'I am ' .. self.name end
      Animal.property.loud = { get = function (self) return self.name:upper() end }
      Animal.property.size = {
        get = function (self) return self._size end,
        set = function (self, v) rawset(self, '_size', v * 2) end }
      Animal.legs = 4
      """;

  private static String run(String... lines) {
    return new RuleReplay().rules(ANIMALS + String.join("\n", lines)).text();
  }

  @Test
  void a_raw_field_hides_a_property_and_a_method() {
    assertThat(
            run(
                "local a = Animal:new('rex')",
                "print(a.loud, a:hello())",
                "rawset(a, 'loud', 'shh') rawset(a, 'hello', 1)",
                "print(a.loud, a.hello)"))
        .isEqualTo("REX I am rex\nshh 1");
  }

  @Test
  void a_property_of_an_object_hides_that_of_its_class() {
    assertThat(
            run(
                "local a, b = Animal:new('rex'), Animal:new('max')",
                "a:addproperty('loud', function (self) return 'own ' .. self.name end)",
                "print(a.loud, b.loud)",
                "a:addproperty('size', nil, function (self, v) rawset(self, 'kept', v) end)",
                "a.size = 3 print(a.kept, a.size)"))
        .isEqualTo("own rex MAX\n3 nil");
  }

  @Test
  void writing_runs_the_setter_and_without_one_makes_a_raw_field() {
    assertThat(
            run(
                "local a = Animal:new('rex')",
                "a.size = 4 print(a.size, rawget(a, 'size'))",
                "a.loud = 'quiet' print(a.loud, rawget(a, 'loud'))"))
        .isEqualTo("8 nil\nquiet quiet");
  }

  @Test
  void the_nearest_class_wins_with_methods_and_getters_in_one_space() {
    assertThat(
            run(
                "local Dog = class.class('Dog', Animal)",
                "function Dog.method:loud() return 'woof' end",
                "Dog.property.hello = { get = function () return 'a property' end }",
                "local d = Dog:new('rex')",
                "print(type(d.loud), d.hello, d.size)"))
        .isEqualTo("function a property nil");
  }

  @Test
  void what_is_unknown_goes_to_the_nearest_index_method() {
    assertThat(
            run(
                "function Animal.method:__index(key) return 'animal ' .. key end",
                "local Dog = class.class('Dog', Animal)",
                "print(Dog:new('rex').tail, Dog:new('rex').loud)",
                "local Cat = class.class('Cat', Animal)",
                "function Cat.method:__index(key) return 'cat ' .. key end",
                "function Cat.method:__newindex(key, value) rawset(self, key, value .. '!') end",
                "local c = Cat:new('tom') c.size = 1 c.colour = 'red'",
                "print(c.tail, c.name, c.size, c.colour)"))
        .isEqualTo("animal tail REX\ncat tail tom! 2 red!");
  }

  @Test
  void what_stands_on_a_class_is_inherited_by_classes_and_not_seen_by_objects() {
    assertThat(
            run(
                "function Animal:make(...) return self:new(...) end",
                "local Dog = class.class('Dog', Animal)",
                "print(Dog.legs, Dog:new('rex').legs, class.classof(Dog:make('max')) == Dog)",
                "Dog.legs = 3 print(Animal.legs, Dog.legs)"))
        .isEqualTo("4 nil true\n4 3");
  }

  @Test
  void making_a_class_runs_the_hook_of_its_nearest_ancestor_that_has_one() {
    assertThat(
            run(
                "local made = {}",
                "function Animal.__class_init(super, cls)",
                "  table.insert(made, super.name .. '>' .. cls.name)",
                "end",
                "local Dog = class.class('Dog', Animal)",
                "local Poodle = class.class('Poodle', Dog)",
                "print(table.concat(made, ' '))"))
        .isEqualTo("Animal>Dog Dog>Poodle");
  }

  @Test
  void a_class_may_make_its_objects_itself() {
    assertThat(
            run(
                "function Animal.new(cls, name) return class.new_instance(cls, name .. name) end",
                "print(Animal:new('x').name, class.new_instance(Animal, 'y').name)"))
        .isEqualTo("xx y");
  }

  @Test
  void relations_hold_for_anything_that_is_asked_about() {
    assertThat(
            run(
                "local Dog = class.class('Dog', Animal)",
                "local d = Dog:new('rex')",
                "print(class.isa(d, Animal), class.isa(d, Dog), class.isa(Animal:new('x'), Dog))",
                "print(class.isa(1, Animal), class.isa({}, Animal), class.isa(nil, Animal))",
                "print(class.isaclass(Dog, Animal), class.isaclass(Dog, Dog), class.isaclass(Animal, Dog))",
                "print(class.isclass(Dog), class.isclass(d), class.isclass({}), class.isclass('x'))",
                "print(Dog.super == Animal, Animal.super.name, Animal.super.super)"))
        .isEqualTo(
            """
            true true false
            false false false
            true true false
            true false false false
            true BaseObject nil\
            """);
  }

  @Test
  void the_view_of_a_super_class_has_its_methods_and_cannot_be_written() {
    assertThat(
            run(
                "local Dog = class.class('Dog', Animal)",
                "function Dog.method:hello() return class.super(Dog).hello(self) .. ', a dog' end",
                "local Puppy = class.class('Puppy', Dog)",
                "print(Puppy:new('bo'):hello(), tostring(class.super(Puppy)))",
                "print((select(2, pcall(function () class.super(Dog).hello = 1 end))))"))
        .isEqualTo("I am bo, a dog <class view: Dog>\nrules.lua:14: immutable class");
  }

  @Test
  void a_clone_shares_the_class_and_nothing_else() {
    assertThat(
            run(
                "local a = Animal:new('rex') a.list = {}",
                "local b = a:clone() b.name = 'max'",
                "print(a.name, b:hello(), a.list == b.list, class.classof(b) == Animal)"))
        .isEqualTo("rex I am max true true");
  }

  @Test
  void merging_takes_fields_and_own_properties() {
    assertThat(
            run(
                "local a, b = Animal:new('rex'), Animal:new('max')",
                "a.colour = 'red' a:addproperty('age', function () return 3 end)",
                "class.merge(b, a) print(b.name, b.colour, b.age)"))
        .isEqualTo("rex red 3");
  }

  @Test
  void metamethods_count_when_they_stand_on_the_class() {
    assertThat(
            run(
                "function Animal:__len() return 7 end",
                "function Animal:__call(x) return x + 1 end",
                "function Animal.__eq() return true end",
                "function Animal.method:__tostring() return 'the animal ' .. self.name end",
                "local Cat = class.class('Cat') function Cat.method:__len() return 7 end",
                "local a = Animal:new('rex')",
                "print(#a, a(1), a == Animal:new('max'), tostring(a), #Cat:new())"))
        .isEqualTo("7 2 true the animal rex 0");
  }

  @Test
  void pairs_shows_raw_fields_only() {
    assertThat(
            run(
                "local a = Animal:new('rex') a.size = 3",
                "for k, v in sorted_pairs(a) do print(k, v) end"))
        .isEqualTo("_size 6\nname rex");
  }
}
