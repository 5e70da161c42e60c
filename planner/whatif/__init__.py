"""What if: single failures and stops, each answered by the verifier's own replay of changed facts."""
