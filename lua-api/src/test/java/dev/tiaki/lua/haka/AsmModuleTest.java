package dev.tiaki.lua.haka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tiaki.lua.misc.AsmModule;
import dev.tiaki.traffic.Conversation;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code misc/asm} over the library Capstone. */
class AsmModuleTest {
  private final RuleReplay replay = new RuleReplay();

  @BeforeEach
  void library() {
    if (System.getenv("CI") == null) {
      assumeTrue(AsmModule.isAvailable(), "skipped, libcapstone is not installed");
    }
    replay.rules(
        "asm = require('misc/asm')",
        "x86 = asm.new_disassembler('x86', '32')",
        "inst = asm.new_instruction(4096)",
        "function show(ok) print(ok, inst.address, inst.size, inst:mnemonic(), inst:op_str()) end");
  }

  private String shown(String... lines) {
    replay.rules(lines);
    return replay.text();
  }

  @Test
  void a_string_gives_its_first_instruction() {
    assertThat(
            shown(
                "show(x86:disassemble('\\x8b\\x05\\xb8\\x13\\x60\\x60\\x90', inst))",
                "show(x86:disassemble('\\x90', inst))",
                "print(#inst:bytes(), inst:bytes():byte())",
                "show(x86:disassemble('\\x0f\\x41', inst))",
                "print(x86:disassemble('', inst))"))
        .isEqualTo(
            """
            true 4096 6 mov eax, dword ptr [0x606013b8]
            true 4102 1 nop\s
            1 144
            false 4103 1 (bad)\s
            false\
            """);
  }

  @Test
  void an_iterator_moves_behind_each_instruction_and_past_what_is_none() {
    assertThat(
            shown(
                "local code = haka.vbuffer_from('\\x41\\x8b\\x05\\xb8')",
                "code:append(haka.vbuffer_from('\\x13\\x60\\x60\\x0f\\x41'))",
                "local at = code:pos('begin')",
                "while x86:disassemble(at, inst) do show(true) end"))
        .isEqualTo(
            """
            true 4096 1 inc ecx
            true 4097 6 mov eax, dword ptr [0x606013b8]
            true 4103 1 (bad)\s
            true 4104 1 inc ecx\
            """);
  }

  @Test
  void a_blocking_iterator_waits_for_the_rest_of_an_instruction() {
    replay.rules(
        "haka.rule{ on = haka.dissectors.tcp_connection.events.receive_data,",
        "  options = { streamed = true }, eval = function (flow, iter)",
        "  while x86:disassemble(iter, inst) do show(true) end print('over') end }");
    replay.receive(
        Conversation.between("10.0.0.1:1234", "10.0.0.2:80")
            .handshake()
            .up(new byte[] {(byte) 0x88})
            .up(new byte[] {0x05})
            .up(new byte[] {0x41, 0x41, 0x41, 0x41, (byte) 0x90, 0x0f})
            .fin()
            .frames());
    assertThat(replay.text())
        .isEqualTo(
            """
            true 4096 6 mov byte ptr [0x41414141], al
            true 4102 1 nop\s
            true 4103 1 (bad)\s
            over
            over\
            """); // the other direction has no data
    assertThat(replay.verdicts).allMatch(verdict -> verdict.startsWith("accept"));
  }

  @Test
  void other_architectures_and_the_other_syntax() {
    assertThat(
            shown(
                "show(asm.new_disassembler('arm', 'arm'):disassemble('\\x03\\x00\\xa0\\xe1',"
                    + " inst))",
                "x86:setsyntax('att')",
                "show(x86:disassemble('\\x89\\xd8', inst))",
                "print(asm.CS_ARCH_X86, asm.CS_MODE_64, asm.CS_OPT_SYNTAX_ATT)"))
        .isEqualTo(
            """
            true 4096 4 mov r0, r3
            true 4100 2 movl %ebx, %eax
            3 8 2\
            """);
  }

  @Test
  void instructions_are_listed() {
    assertThat(shown("x86:dump_instructions('\\x90\\x41\\xc3', 2)"))
        .isEqualTo(
            "0x00000000 nop                                      90 \n"
                + "\t0x00000001 inc      ecx                             41");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          asm.new_disassembler('z80', '32') | unsupported hardware architecture
          asm.new_disassembler('x86', '8')  | unsupported hardware mode
          x86:setsyntax('nasm')             | unknown syntax
          x86:disassemble('x')              | invalid instruction
          x86:disassemble({}, inst)         | invalid iterator
          """)
  void misuse_is_an_error(String source, String message) {
    assertThatThrownBy(() -> replay.rules(source)).hasMessageEndingWith(message);
  }
}
