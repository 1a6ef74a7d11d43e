package dev.tiaki.engine.alert;

/** Takes alerts in the order in which they are posted. */
@FunctionalInterface
public interface AlertSink {
  /** Takes one alert, or one update of an alert. */
  void post(Alert alert);
}
