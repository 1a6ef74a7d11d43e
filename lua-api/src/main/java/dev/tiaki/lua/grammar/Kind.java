package dev.tiaki.lua.grammar;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/** What an entity is, as the grammar words make it. */
sealed interface Kind {
  /** The name of its class, as Haka calls it. */
  String className();

  /** Tells whether the entity is made of others. */
  default boolean isCompound() {
    return false;
  }

  /** Entities one after the other, kept in their stream until the last one when retained. */
  record Parts(List<Entity> parts, boolean retained, LuaTable extra) implements Kind {
    @Override
    public String className() {
      return retained ? "Record" : "Sequence";
    }

    @Override
    public boolean isCompound() {
      return true;
    }
  }

  /** Entities that begin at the same place. */
  record Union(List<Entity> parts) implements Kind {
    @Override
    public String className() {
      return "Union";
    }

    @Override
    public boolean isCompound() {
      return true;
    }
  }

  /** The first that parses. */
  record Try(List<Entity> cases) implements Kind {
    @Override
    public String className() {
      return "Try";
    }

    @Override
    public boolean isCompound() {
      return true;
    }
  }

  /** The one that the selector names; without such a one {@code otherwise}, or an error. */
  record Branch(List<Case> cases, @Nullable Entity otherwise, boolean strict, LuaValue selector)
      implements Kind {
    @Override
    public String className() {
      return "Branch";
    }

    @Override
    public boolean isCompound() {
      return true;
    }
  }

  /** One case of a branch. */
  record Case(LuaValue key, Entity entity) {}

  /** An entity again and again. */
  record Array(Entity element, @Nullable More more, @Nullable LuaValue creation) implements Kind {
    @Override
    public String className() {
      return "Array";
    }

    @Override
    public boolean isCompound() {
      return true;
    }
  }

  /** When an array goes on. */
  record More(Until until, LuaValue value) {
    /** How the value is meant. */
    enum Until {
      /** A number of elements, or a function that returns it. */
      COUNT,
      /** A function that says when to stop. */
      CONDITION,
      /** A function that says whether to go on. */
      NO_CONDITION
    }
  }

  /** An unsigned number. */
  record Digits(int bits, boolean littleEndian) implements Kind {
    @Override
    public String className() {
      return "Number";
    }
  }

  /** Bits to skip up to a multiple. */
  record Align(int bits) implements Kind {
    @Override
    public String className() {
      return "Bits";
    }
  }

  /** Bytes as they are. */
  record Bytes(@Nullable LuaValue count, @Nullable LuaString untilToken, @Nullable LuaValue chunked)
      implements Kind {
    @Override
    public String className() {
      return "Bytes";
    }
  }

  /** What a regular expression matches. */
  record Token(LuaString pattern, boolean raw) implements Kind {
    @Override
    public String className() {
      return "Token";
    }
  }

  /** A function to call; with a message, one that must hold. */
  record Execute(LuaValue function, @Nullable LuaValue message) implements Kind {
    @Override
    public String className() {
      return "Execute";
    }
  }

  /** Nothing. */
  record Empty() implements Kind {
    @Override
    public String className() {
      return "Empty";
    }
  }

  /** A parse error. */
  record Fail(LuaValue message) implements Kind {
    @Override
    public String className() {
      return "Error";
    }
  }

  /** Whatever the rule of that name is when the grammar is compiled. */
  record Reference(String target) implements Kind {
    @Override
    public String className() {
      return "GrammarProxy";
    }
  }
}
