package io.livehall.load;

import java.net.URI;

/** A node: where its API is, and where it takes viewers. */
record Place(URI base, URI push) {}
