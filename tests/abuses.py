"""Ways to hurt the site, each with its tests. `python -m tests.abuses` prints the tests, which
`make abuses` runs on both databases; `tools/chaos.py` and `make junk` do more of some.
"""

HOSTILE = "tests/importers/test_hostile_files.py::test_each_bad_file_has_its_own_problem"
MALFORMED = "tests/importers/shipped/test_malformed.py::test_a_malformed_file_is_told"
CELL = "tests/importers/shipped/test_malformed.py::test_a_bad_cell_is_told_with_its_place"
JUNK = "tests/test_junk.py::test_no_junk_breaks_a_route"
SAID = "tests/test_junk.py::test_what_cannot_be_read_is_never_passed_over"
KEPT = "tests/share/test_kept_answers.py::"
SIGN_IN = "tests/admin/test_signing_in.py::"
PROXY = "tests/operations/test_proxy.py::"
DEPLOYED = "tests/test_deployment.py::"
HERE = "tests/test_abuses.py::"
AWAY = "tests/operations/test_database_away.py::"
OWN = "tests/people/test_own_sessions.py::"
REDIS = "tests/share/test_redis.py::"
ABUSES: dict[str, tuple[str, ...]] = {
    "files in another layout or encoding": (MALFORMED, HOSTILE),
    "rows that contradict each other or the calendar": (
        CELL, "tests/importers/test_import.py::test_rows_that_contradict_each_other_are_a_problem"),
    "a load twice, killed, two at once": (
        "tests/importers/test_import.py::test_importing_the_same_again_changes_nothing",
        "tests/importers/test_kills.py::test_a_killed_import_leaves_whole_documents_and_can_be_run_again",
        "tests/importers/shipped/test_interrupted.py::"
        "test_a_killed_load_leaves_nothing_and_two_at_once_leave_one_record"),
    "a million rows": (HOSTILE,),
    "archives that unpack to more than fits, entities": (HOSTILE,),
    "documents that hang or crash their reader": (
        HOSTILE,
        "tests/importers/test_pool.py::test_an_ill_child_is_replaced_and_the_rest_is_read"),
    "uploads under false names": (HERE + "test_an_upload_is_kept_under_a_name_of_its_own",),
    "addresses of other hosts to fetch from": (
        "tests/collect/test_collect.py::test_another_host_is_never_asked",
        "tests/entry/test_entry.py::test_another_host_is_not_asked"),
    "a mangled state of a chart": (JUNK, SAID),
    "a flood of addresses that mean the same": (
        KEPT + "test_one_question_asked_in_two_ways_is_one_answer",
        KEPT + "test_a_flood_of_addresses_cannot_fill_the_memory"),
    "letters that no database takes": (JUNK, SAID),
    "numbers of pages that there are not": (
        SAID, "tests/pages/test_past_the_end.py::test_past_the_end_is_the_last_page_and_a_notice"),
    "columns that are nobody's business": (SAID,),
    "wildcards in a search": (HERE + "test_a_search_takes_every_letter_as_it_is",),
    "SQL in a parameter": (HERE + "test_a_search_takes_every_letter_as_it_is", JUNK),
    "markup in names, notes and addresses": (
        "tests/pages/test_hostile.py::test_hostile_words_are_shown_as_words_on_every_page",
        "tests/pages/test_hostile.py::test_hostile_addresses_are_shown_as_words"),
    "markup in texts that plotly reads": (
        "tests/pages/test_hostile.py::test_hostile_words_reach_plotly_as_words",),
    "parts of pages asked for as pages, and restored": (
        "tests/pages/test_parts.py::test_a_boosted_or_restored_page_is_whole",
        "tests/test_headers.py::test_a_part_and_a_page_that_history_restores_are_two_answers"),
    "formulas in files": (
        "tests/share/test_charts.py::test_no_text_of_a_csv_begins_as_a_formula",
        "tests/share/test_charts.py::test_no_text_of_a_workbook_is_a_formula"),
    "downloads of everything, many at once and slowly": (
        KEPT + "test_many_clients_together_are_bounded_too",
        PROXY + "test_clients_that_never_end_their_request_stop_nobody",
        PROXY + "test_what_is_too_much_for_the_server_is_told_at_once_to_come_back"),
    "guessing passwords": (
        SIGN_IN + "test_six_wrong_passwords_lock_one_account_and_no_address",
        SIGN_IN + "test_a_forged_address_does_not_open_the_lock",
        SIGN_IN + "test_an_unknown_name_is_answered_like_a_wrong_password",
        OWN + "test_guesses_at_the_password_asked_for_again_lock_the_account"),
    "a session that was set, kept or stolen": (
        OWN + "test_the_password_is_asked_for_again_before_a_way_in_changes",
        OWN + "test_the_browser_is_asked_to_forget_when_a_session_is_over",
        OWN + "test_a_person_sees_their_own_sessions_and_ends_one_or_all_others",
        HERE + "test_a_session_that_somebody_else_has_set_is_not_taken_over",
        SIGN_IN + "test_a_session_ends_with_signing_out_a_new_password_or_the_account"),
    "requests forged by another site": (
        HERE + "test_another_site_can_send_nothing_in_a_persons_name",
        SIGN_IN + "test_a_request_without_its_token_changes_nothing"),
    "methods that no page knows": (
        "tests/test_headers.py::test_nothing_can_be_sent_to_a_page",
        KEPT + "test_head_tells_what_get_gives",
        DEPLOYED + "test_methods_that_no_page_knows_are_refused"),
    "a foreign host": (DEPLOYED + "test_a_foreign_host_is_refused",
                       PROXY + "test_nothing_that_a_client_says_of_itself_is_believed"),
    "requests smuggled within others": (
        PROXY + "test_a_request_within_a_request_is_refused",
        DEPLOYED + "test_a_body_larger_than_any_form_is_refused"),
    "a redirect to elsewhere": (SIGN_IN + "test_signing_in_leads_to_this_site_only",
                                "tests/people/test_getting_in.py::"
                                "test_the_code_leads_to_this_site_only"),
    "paths out of a folder": (
        DEPLOYED + "test_nothing_but_static_files_is_served_from_the_folder", JUNK),
    "pages in another site's frame": (
        "tests/share/test_embeds.py::test_nothing_else_may_be_framed",
        "tests/share/test_embeds.py::test_an_embed_has_no_way_into_the_admin"),
    "text on which a pattern never ends": (
        HERE + "test_four_times_the_hostile_text_takes_any_pattern_about_four_times_as_long",),
    "two people on one fact": (
        "tests/admin/test_correcting.py::test_the_second_of_two_people_is_told_and_loses_nothing",
        "tests/importers/shipped/test_interrupted.py::"
        "test_two_people_who_correct_at_once_lose_nothing"),
    "hours around midnight": (HERE + "test_a_day_begins_at_midnight_in_london",),
    "a full disk, a locked file": (
        HERE + "test_a_locked_database_is_read_and_says_that_it_takes_nothing",
        "tests/operations/test_doctor.py::test_a_disk_that_is_nearly_full"),
    "a database or a cache that is gone, frozen or poisoned": (
        AWAY + "test_readers_never_see_it_die", AWAY + "test_what_was_typed_is_given_back",
        REDIS + "test_a_frozen_redis_is_waited_for_once",
        REDIS + "test_what_another_wrote_is_a_miss_and_runs_nothing"),
}  # fmt: skip

if __name__ == "__main__":
    print("\n".join(sorted({test for tests in ABUSES.values() for test in tests})))
