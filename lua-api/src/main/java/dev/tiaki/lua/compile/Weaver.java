package dev.tiaki.lua.compile;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Label;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.HashSet;
import java.util.Set;

/**
 * Rewrites a class that LuaJC made: one decrement of the tick counter at the start of each function
 * and on each backward branch, and calls of {@link WovenTicks} where LuaJ does otherwise than Lua.
 */
final class Weaver {
  private static final ClassDesc TICKS = ClassDesc.of(WovenTicks.class.getName());
  private static final MethodTypeDesc NOTHING = MethodTypeDesc.of(ConstantDescs.CD_void);

  private Weaver() {}

  static byte[] weave(byte[] generated) {
    ClassFile file = ClassFile.of();
    ClassTransform bodies =
        ClassTransform.transformingMethodBodies(
            method ->
                method.methodName().equalsString("call")
                    || method.methodName().equalsString("onInvoke"),
            CodeTransform.ofStateful(Body::new));
    return file.transformClass(file.parse(generated), bodies);
  }

  /** One function's code; knows which labels it has passed, to tell backward branches. */
  private static final class Body implements CodeTransform {
    private final Set<Label> passed = new HashSet<>();

    @Override
    public void atStart(CodeBuilder code) {
      tick(code);
    }

    @Override
    public void accept(CodeBuilder code, CodeElement element) {
      switch (element) {
        case LabelTarget target -> {
          passed.add(target.label());
          code.with(target);
        }
        case BranchInstruction branch when passed.contains(branch.target()) ->
            backward(code, branch);
        case InvokeInstruction call -> call(code, call);
        default -> code.with(element);
      }
    }

    private static void backward(CodeBuilder code, BranchInstruction branch) {
      if (branch.opcode() == Opcode.GOTO || branch.opcode() == Opcode.GOTO_W) {
        tick(code);
        code.with(branch);
        return;
      }
      Label taken = code.newLabel();
      Label fallThrough = code.newLabel();
      code.branch(branch.opcode(), taken).goto_(fallThrough).labelBinding(taken);
      tick(code);
      code.goto_(branch.target()).labelBinding(fallThrough);
    }

    private static void tick(CodeBuilder code) {
      Label enough = code.newLabel();
      code.getstatic(TICKS, "left", ConstantDescs.CD_int)
          .iconst_1()
          .isub()
          .dup()
          .putstatic(TICKS, "left", ConstantDescs.CD_int)
          .ifge(enough)
          .invokestatic(TICKS, "spent", NOTHING)
          .labelBinding(enough);
    }

    private static void call(CodeBuilder code, InvokeInstruction call) {
      ClassDesc owner = call.owner().asSymbol();
      MethodTypeDesc type = call.typeSymbol();
      String name = call.name().stringValue();
      switch (name) {
        case "concat", "buffer", "value" ->
            code.invokestatic(TICKS, name, withReceiver(owner, type));
        case "tailcallOf" -> code.invokestatic(TICKS, "tailcall", type);
        default -> code.with(call);
      }
    }

    private static MethodTypeDesc withReceiver(ClassDesc owner, MethodTypeDesc type) {
      return type.insertParameterTypes(0, owner);
    }
  }
}
