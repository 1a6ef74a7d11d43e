package dev.tiaki.cli.assembly;

import dev.tiaki.engine.alert.AlertIds;
import dev.tiaki.engine.rule.RuleFailure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Loads rules without any traffic, to see what is in them and what is wrong with them. */
public final class RuleCheck {
  private RuleCheck() {}

  /**
   * A rule.
   *
   * @param event the event that it listens to
   * @param name its name, when it has one
   * @param location where it stands, {@code file:line}
   */
  public record Rule(String event, @Nullable String name, String location) {}

  /**
   * What was found.
   *
   * @param files the files in the order in which they were loaded
   * @param rules the rules of those that could be loaded
   * @param events the events that rules may listen to
   * @param dissectors the names of the dissectors
   * @param interpreted the files that are interpreted instead of compiled, each with the reason
   * @param errors what is wrong, one line each, with file and line
   */
  public record Report(
      List<Path> files,
      List<Rule> rules,
      List<String> events,
      List<String> dissectors,
      List<String> interpreted,
      List<String> errors) {}

  /** Loads every one of {@code files}, those behind a broken one too. */
  public static Report of(List<Path> files, RunSettings settings, RunOutputs outputs) {
    SharedState shared = new SharedState(new AlertIds(), (packet, defect) -> {}, () -> {});
    EngineWorker worker = new EngineWorker(0, settings, outputs, shared);
    List<String> errors = new ArrayList<>();
    for (Path file : files) {
      try {
        worker.rules().load(List.of(file));
      } catch (RuleFailure failure) {
        errors.add(String.valueOf(failure.getMessage()));
      }
    }
    return new Report(
        files,
        worker.rules().rules(),
        worker.rules().events(),
        worker.rules().dissectors(),
        worker.rules().interpreted(),
        errors);
  }
}
