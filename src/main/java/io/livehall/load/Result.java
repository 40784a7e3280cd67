package io.livehall.load;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Everything that a run has to tell.
 *
 * @param before counted while the viewers came
 * @param after counted from the end of the measured time until the verdict
 * @param likes whether the rooms have the likes that were answered
 * @param roomsLeft how many rooms could not be closed
 */
record Result(
    LoadOptions options,
    Tally before,
    Measured measured,
    Tally after,
    Judge.Judgement judgement,
    Recount.Outcome likes,
    int roomsLeft) {

  /**
   * The measured time.
   *
   * @param loadCores how many cores this tool used
   * @param first figures of server and tool at its start
   * @param last and at its end
   */
  record Measured(
      Tally tally,
      Duration time,
      double loadCores,
      Map<String, Double> first,
      Map<String, Double> last) {}

  long wrongFrames() {
    return before.wrong() + measured.tally.wrong() + after.wrong();
  }

  boolean isGood() {
    return judgement.isGood()
        && likes.wrong() == 0
        && judgement.viewers() == options.viewers().count()
        && wrongFrames() == 0;
  }

  List<Tally> parts() {
    return List.of(before, measured.tally, after);
  }
}
