package dev.tiaki.netfilter.netlink;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.util.ArrayList;
import java.util.List;

/**
 * A classic BPF program that decides in the kernel which messages reach a socket, {@code
 * linux/filter.h}. Numbers are read in network order, as the fields of netfilter's attributes are.
 */
public final class SocketProgram {
  private static final int LOAD_IMMEDIATE = 0x00;
  private static final int LOAD_INDEX_IMMEDIATE = 0x01;
  private static final int LOAD_WORD_ABSOLUTE = 0x20;
  private static final int LOAD_WORD_AT_INDEX = 0x40;
  private static final int AND = 0x54;
  private static final int JUMP_EQUAL = 0x15;
  private static final int RETURN = 0x06;
  private static final int TO_INDEX = 0x07;

  /** SKF_AD_OFF + SKF_AD_NLATTR: the offset of an attribute, 0 when it is not there. */
  private static final int FIND_ATTRIBUTE = -0x1000 + 12;

  private static final int WHOLE = -1;
  private static final int INSTRUCTION_BYTES = 8;

  private record Instruction(int code, int ifTrue, int ifFalse, int operand) {}

  private final List<Instruction> instructions = new ArrayList<>();

  /** Begins an empty program. */
  public SocketProgram() {}

  /** Loads the offset of the first attribute of {@code type} from {@code offset} on, 0 if none. */
  public SocketProgram attribute(int offset, int type) {
    return add(LOAD_INDEX_IMMEDIATE, type)
        .add(LOAD_IMMEDIATE, offset)
        .add(LOAD_WORD_ABSOLUTE, FIND_ATTRIBUTE);
  }

  /** Lets the message pass when what was loaded is 0. */
  public SocketProgram passIfZero() {
    return passIfEqual(0);
  }

  /** Lets the message pass when what was loaded is {@code value}. */
  public SocketProgram passIfEqual(int value) {
    instructions.add(new Instruction(JUMP_EQUAL, 0, 1, value));
    return add(RETURN, WHOLE);
  }

  /** Loads the 32 bits that stand {@code distance} octets behind the offset that was loaded. */
  public SocketProgram loadBehind(int distance) {
    return add(TO_INDEX, 0).add(LOAD_WORD_AT_INDEX, distance);
  }

  /** Leaves only the bits of {@code mask} of what was loaded. */
  public SocketProgram mask(int mask) {
    return add(AND, mask);
  }

  /** Refuses the message. */
  public SocketProgram refuse() {
    return add(RETURN, 0);
  }

  private SocketProgram add(int code, int operand) {
    instructions.add(new Instruction(code, 0, 0, operand));
    return this;
  }

  /** Returns a {@code struct sock_fprog}. */
  MemorySegment write(SegmentAllocator arena) {
    MemorySegment list = arena.allocate((long) INSTRUCTION_BYTES * instructions.size(), 8);
    for (int i = 0; i < instructions.size(); i++) {
      Instruction instruction = instructions.get(i);
      long at = (long) INSTRUCTION_BYTES * i;
      list.set(JAVA_SHORT, at, (short) instruction.code());
      list.set(JAVA_BYTE, at + 2, (byte) instruction.ifTrue());
      list.set(JAVA_BYTE, at + 3, (byte) instruction.ifFalse());
      list.set(JAVA_INT, at + 4, instruction.operand());
    }
    MemorySegment program = arena.allocate(16, 8);
    program.set(JAVA_SHORT, 0, (short) instructions.size());
    program.set(JAVA_LONG, 8, list.address());
    return program;
  }
}
