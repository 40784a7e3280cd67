package io.livehall.verticle;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class SeldomLogTest {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void aFloodOfOneKindIsOneLineASecondThatTellsHowMany() {
    Logger logger = (Logger) LoggerFactory.getLogger("seldom-test");
    logger.setAdditive(false);
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    logger.addAppender(lines);
    AtomicLong now = new AtomicLong(Long.MAX_VALUE - SECOND / 2); // such a clock may run over
    SeldomLog seldom = new SeldomLog(logger, now::get);

    for (int i = 0; i < 100; i++) {
      seldom.warn("forged", "from=1");
    }
    seldom.warn("malformed", "from=2");
    now.addAndGet(SECOND);
    seldom.warn("forged", "from=3");

    assertThat(lines.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly(
            "forged from=1 leftOut=0", "malformed from=2 leftOut=0", "forged from=3 leftOut=99");
  }
}
