"""The rules that are built, one file each, named after them, and the names of those that are not built yet."""

from planner.safety.rule import Rule
from planner.safety.rules import (
    s01_continuous_availability,
    s02_outage_budget,
    s03_clean_stop_and_start,
    s04_redundancy_kept,
    s05_shared_fate,
    s06_bridge_first,
    s07_bridge_load,
    s08_tier_separation,
    s09_segments,
    s10_addresses,
    s11_backup,
    s12_windows_and_blackouts,
    s13_rollback_deadline,
    s14_point_of_no_return,
    s15_people,
    s16_transport,
    s17_rooms_and_racks,
    s18_external_lines,
    s19_blast_radius,
    s20_acceptance,
    s21_complete_and_consistent,
    s23_every_stop_point_survives,
)

RULES: tuple[Rule, ...] = (
    s01_continuous_availability.RULE,
    s02_outage_budget.RULE,
    s03_clean_stop_and_start.RULE,
    s04_redundancy_kept.RULE,
    s05_shared_fate.RULE,
    s06_bridge_first.RULE,
    s07_bridge_load.RULE,
    s08_tier_separation.RULE,
    s09_segments.RULE,
    s10_addresses.RULE,
    s11_backup.RULE,
    s12_windows_and_blackouts.RULE,
    s13_rollback_deadline.RULE,
    s14_point_of_no_return.RULE,
    s15_people.RULE,
    s16_transport.RULE,
    s17_rooms_and_racks.RULE,
    s18_external_lines.RULE,
    s19_blast_radius.RULE,
    s20_acceptance.RULE,
    s21_complete_and_consistent.RULE,
    s23_every_stop_point_survives.RULE,
)

UNCHECKED: tuple[str, ...] = ()
"""Rules of the specification that are not built yet; the certificate names them."""
