"""The frozen vocabulary of the inventory and the policy. No decisions are made here."""
