package dev.tiaki.cli.command;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.IGetter;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * The options of a command, said in Java instead of by picocli's annotations: to read those of the
 * commands that are to begin at once, {@code replay} and {@code run}, took 0.1 s of each start.
 */
final class Options {
  private final Consumer<OptionSpec> command;

  /**
   * Makes what collects the options of a command or of a group of them.
   *
   * @param command takes each option, in the order of the help text
   */
  Options(Consumer<OptionSpec> command) {
    this.command = command;
  }

  /** Adds what stands behind the options of a command: one word or more. */
  static <T> void addOperands(
      CommandSpec command,
      Class<T> type,
      String label,
      String what,
      Supplier<List<T>> getter,
      Consumer<List<T>> setter) {
    Place<List<T>> place = new Place<>(getter, setter);
    command.addPositional(
        PositionalParamSpec.builder()
            .paramLabel(label)
            .arity("1..*")
            .required(true)
            .type(List.class)
            .auxiliaryTypes(type)
            .description(what)
            .getter(place)
            .setter(place)
            .initialValue(getter.get())
            .build());
  }

  /** An option that is given or not. */
  Draft<Boolean> flag(String... names) {
    return new Draft<>(OptionSpec.builder(names[0], rest(names)).type(boolean.class));
  }

  /** An option with one value, which picocli reads by its type. */
  <T> Draft<T> value(Class<T> type, String... names) {
    return new Draft<>(OptionSpec.builder(names[0], rest(names)).type(type));
  }

  /** An option with a number, which may have one of the suffixes K, M and G. */
  Draft<Long> size(String name) {
    return value(Long.class, name).readBy(new SizeConverter());
  }

  /** An option with one of the words of an enumeration. */
  <E extends Enum<E>> Draft<E> word(Class<E> type, String name) {
    return value(type, name).readBy(word -> Words.parse(type, word));
  }

  /** An option that may be given several times. */
  <T> Draft<List<T>> list(Class<T> type, String... names) {
    return new Draft<>(
        OptionSpec.builder(names[0], rest(names)).type(List.class).auxiliaryTypes(type));
  }

  private static String[] rest(String... names) {
    return Arrays.copyOfRange(names, 1, names.length);
  }

  /**
   * An option that is being said.
   *
   * @param <T> what it holds
   */
  final class Draft<T> {
    private final OptionSpec.Builder option;

    private Draft(OptionSpec.Builder option) {
      this.option = option;
    }

    /** Names its value in the help text. */
    Draft<T> label(String label) {
      option.paramLabel(label);
      return this;
    }

    /** Has its value read in its own way. */
    Draft<T> readBy(ITypeConverter<?> converter) {
      option.converters(converter);
      return this;
    }

    /** Takes several values in one word. */
    Draft<T> separatedByCommas() {
      option.splitRegex(",");
      return this;
    }

    /** Says what it does, in lines of the help text. */
    Draft<T> says(String... lines) {
      option.description(lines);
      return this;
    }

    /** Adds it. What it holds now is what it has when it is not given. */
    void into(Supplier<? extends @Nullable T> getter, Consumer<T> setter) {
      Place<T> place = new Place<>(getter, setter);
      command.accept(option.getter(place).setter(place).initialValue(getter.get()).build());
    }
  }

  /** Where the value of an option is. */
  private record Place<T>(Supplier<? extends @Nullable T> getter, Consumer<T> setter)
      implements IGetter, ISetter {
    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // picocli's interface
    public <V> @Nullable V get() {
      return (V) getter.get();
    }

    @Override
    @SuppressWarnings("unchecked") // picocli has converted it to the option's type
    public <V> @Nullable V set(V value) {
      V before = get();
      setter.accept((T) value);
      return before;
    }
  }
}
