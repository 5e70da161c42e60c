"""What if: single failures, stops and scenarios, each answered by the verifier's own replay of changed facts."""
