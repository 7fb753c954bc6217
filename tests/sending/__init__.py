"""Tests of sending: pure parts, a server of our own that misbehaves, and real servers (`-m servers`)."""
