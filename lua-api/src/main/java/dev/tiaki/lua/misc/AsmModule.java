package dev.tiaki.lua.misc;

import dev.tiaki.lua.fault.Raised;
import dev.tiaki.lua.lib.Builtin;
import dev.tiaki.lua.text.ByteText;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** {@code misc/asm}: machine code as text, through the library Capstone where it is installed. */
public final class AsmModule {
  /** In the order of {@code cs_arch}. */
  private static final List<String> ARCHITECTURES =
      List.of("arm", "arm64", "mips", "x86", "ppc", "sparc", "sysz", "xcore");

  private static final Map<String, Integer> MODES =
      Map.of("arm", 0, "16", 1 << 1, "32", 1 << 2, "64", 1 << 3, "thumb", 1 << 4);
  private static final Map<String, Integer> SYNTAXES = Map.of("intel", 1, "att", 2);
  private static final int MOST_INSTRUCTIONS = 10_000;

  private final Capstone library;
  private final Globals globals;
  private final LuaTable disassemblers = new LuaTable();
  private final LuaTable instructions = new LuaTable();

  private AsmModule(Capstone library, Globals globals) {
    this.library = library;
    this.globals = globals;
  }

  /**
   * Makes the module's table.
   *
   * @param globals whose {@code print} shows instructions
   */
  public static LuaTable create(Globals globals) {
    Capstone library = Capstone.installed();
    if (library == null) {
      throw Raised.at(
          "misc/asm needs the library libcapstone, which is not installed (Debian: libcapstone4)");
    }
    return new AsmModule(library, globals).table();
  }

  /** Tells whether the library is installed that the module needs. */
  public static boolean isAvailable() {
    return Capstone.installed() != null;
  }

  private LuaTable table() {
    addMethods();
    LuaTable module = new LuaTable();
    Builtin.add(module, "new_disassembler", this::newDisassembler);
    Builtin.add(
        module,
        "new_instruction",
        all -> new AsmInstruction(library, all.optlong(1, 0), instructions));
    for (int i = 0; i < ARCHITECTURES.size(); i++) {
      module.rawset("CS_ARCH_" + upper(ARCHITECTURES.get(i)), LuaValue.valueOf(i));
    }
    MODES.forEach((name, mode) -> module.rawset("CS_MODE_" + upper(name), LuaValue.valueOf(mode)));
    SYNTAXES.forEach(
        (name, syntax) -> module.rawset("CS_OPT_SYNTAX_" + upper(name), LuaValue.valueOf(syntax)));
    return module;
  }

  private static String upper(String name) {
    return name.toUpperCase(Locale.ROOT);
  }

  private void addMethods() {
    LuaTable handles = new LuaTable();
    Builtin.add(handles, "setsyntax", AsmModule::setSyntax);
    Builtin.add(handles, "disassemble", AsmModule::disassemble);
    Builtin.add(handles, "dump_instructions", this::dump);
    disassemblers.rawset("__index", handles);
    LuaTable methods = new LuaTable();
    Builtin.add(
        methods, "mnemonic", all -> ByteText.bytesOf(AsmInstruction.of(all.arg1()).mnemonic()));
    Builtin.add(
        methods, "op_str", all -> ByteText.bytesOf(AsmInstruction.of(all.arg1()).operands()));
    Builtin.add(
        methods, "bytes", all -> LuaString.valueUsing(AsmInstruction.of(all.arg1()).code()));
    Builtin.add(
        methods,
        "pprint",
        all -> {
          print(AsmInstruction.of(all.arg1()));
          return LuaValue.NONE;
        });
    instructions.rawset("__index", methods);
  }

  private void print(AsmInstruction instruction) {
    globals.get("print").call(ByteText.bytesOf(instruction.line()));
  }

  private Varargs newDisassembler(Varargs all) {
    int architecture = ARCHITECTURES.indexOf(all.arg1().tojstring());
    if (architecture < 0) {
      throw Raised.at("unsupported hardware architecture");
    }
    Integer mode = MODES.get(all.arg(2).tojstring());
    long handle = mode == null ? 0 : library.open(architecture, mode);
    if (mode == null || handle == 0) {
      throw Raised.at("unsupported hardware mode");
    }
    boolean x86 = all.arg1().tojstring().equals("x86");
    boolean thumb = all.arg(2).tojstring().equals("thumb");
    int skipped = x86 ? 1 : thumb ? 2 : 4;
    return new AsmDisassembler(library, handle, x86, skipped, disassemblers);
  }

  private static Varargs setSyntax(Varargs all) {
    Integer syntax = SYNTAXES.get(all.arg(2).tojstring());
    if (syntax == null) {
      throw Raised.at("unknown syntax");
    }
    AsmDisassembler.of(all.arg1()).setSyntax(syntax);
    return LuaValue.NONE;
  }

  private static Varargs disassemble(Varargs all) {
    AsmInstruction into = AsmInstruction.of(all.arg(3));
    return LuaValue.valueOf(AsmDisassembler.of(all.arg1()).disassemble(all.arg(2), into));
  }

  /** A string is taken apart instruction by instruction, up to what is none. */
  private Varargs dump(Varargs all) {
    AsmDisassembler handle = AsmDisassembler.of(all.arg1());
    int left = all.optint(3, MOST_INSTRUCTIONS);
    AsmInstruction into = new AsmInstruction(library, 0, instructions);
    LuaValue code = all.arg(2);
    while (left-- > 0 && handle.disassemble(code, into)) {
      print(into);
      if (code instanceof LuaString text) {
        code = text.substring(into.size(), text.m_length);
      }
    }
    return LuaValue.NONE;
  }
}
