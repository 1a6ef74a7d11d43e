package dev.tiaki.cli.command;

import dev.tiaki.dissector.tcp.VerifyChecksums;
import dev.tiaki.engine.rule.OnRuleError;
import dev.tiaki.engine.stream.OverlapPolicy;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Enumerations as words of the command line: lower case, with hyphens. */
final class Words {
  private Words() {}

  static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static <E extends Enum<E>> E parse(Class<E> type, String word) {
    for (E constant : type.getEnumConstants()) {
      if (of(constant).equals(word)) {
        return constant;
      }
    }
    throw new TypeConversionException(
        "'"
            + word
            + "' is none of "
            + Arrays.stream(type.getEnumConstants())
                .map(Words::of)
                .collect(Collectors.joining(", ")));
  }

  /** Reads {@code --on-rule-error}. */
  static final class OnRuleErrorConverter implements ITypeConverter<OnRuleError> {
    OnRuleErrorConverter() {}

    @Override
    public OnRuleError convert(String word) {
      return parse(OnRuleError.class, word);
    }
  }

  /** Reads {@code --verify-checksums}. */
  static final class VerifyChecksumsConverter implements ITypeConverter<VerifyChecksums> {
    VerifyChecksumsConverter() {}

    @Override
    public VerifyChecksums convert(String word) {
      return parse(VerifyChecksums.class, word);
    }
  }

  /** Reads {@code --overlap}. */
  static final class OverlapConverter implements ITypeConverter<OverlapPolicy> {
    OverlapConverter() {}

    @Override
    public OverlapPolicy convert(String word) {
      return parse(OverlapPolicy.class, word);
    }
  }

  /** Reads {@code --stats}. */
  static final class StatsConverter implements ITypeConverter<StatsLayout> {
    StatsConverter() {}

    @Override
    public StatsLayout convert(String word) {
      return parse(StatsLayout.class, word);
    }
  }

  /** Reads {@code --midstream}. */
  static final class MidstreamConverter implements ITypeConverter<RuleOptions.Midstream> {
    MidstreamConverter() {}

    @Override
    public RuleOptions.Midstream convert(String word) {
      return parse(RuleOptions.Midstream.class, word);
    }
  }

  /** Reads {@code --on-malformed}. */
  static final class OnMalformedConverter implements ITypeConverter<RuleOptions.OnMalformed> {
    OnMalformedConverter() {}

    @Override
    public RuleOptions.OnMalformed convert(String word) {
      return parse(RuleOptions.OnMalformed.class, word);
    }
  }

  /** Reads {@code --detect}. */
  static final class DetectedConverter implements ITypeConverter<RuleOptions.Detected> {
    DetectedConverter() {}

    @Override
    public RuleOptions.Detected convert(String word) {
      return parse(RuleOptions.Detected.class, word);
    }
  }

  /** Reads {@code --alert-format}. */
  static final class AlertFormatConverter implements ITypeConverter<OutputOptions.AlertFormat> {
    AlertFormatConverter() {}

    @Override
    public OutputOptions.AlertFormat convert(String word) {
      return parse(OutputOptions.AlertFormat.class, word);
    }
  }
}
