package dev.tiaki.bench.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A bounded run of each target; {@code bench/fuzz} is the long one. Another seed: {@code
 * -Dtiaki.seed=N}.
 */
class FuzzSmokeTest {
  private static final Path RULES =
      Path.of(System.getProperty("tiaki.root", "..")).resolve("bench/rules/fuzz");
  private static final long INPUTS = 1500;

  @ParameterizedTest
  @EnumSource
  void broken_inputs_break_nothing_and_leave_nothing(FuzzTarget target) throws IOException {
    FuzzRun run = new FuzzRun(target, RULES, List.of(), Long.getLong("tiaki.seed", 7));
    run.run(0, INPUTS);
    assertThat(run.frames()).isGreaterThan(INPUTS / 2);
    assertThat(run.current()).isEqualTo(INPUTS - 1);
  }
}
