package io.livehall.protocol;

import io.livehall.domain.UserId;
import io.livehall.service.Role;
import java.time.Instant;

/**
 * Who speaks, as his token proves.
 *
 * @param until when the token runs out
 */
public record Caller(UserId user, Role role, Instant until) {}
