"""The one registry of refusal codes. Texts stand in `shell/texts/refusals.*.yaml`.

Absent and forbidden are one code, `not_found`: a reader learns nothing from the difference.
A code is stable: it may be added, never renamed or reused.
"""

from __future__ import annotations

from enum import StrEnum


class Code(StrEnum):
    """What was refused. One line of meaning each; the full sentence is in the catalogues."""

    # who may, and what exists
    NOT_FOUND = "not_found"  # absent or forbidden, never told apart
    NOT_SIGNED_IN = "not_signed_in"
    NO_MANDATE = "no_mandate"  # the own officer lacks a mandate in force for this act
    UNKNOWN_HOST = "unknown_host"
    FORGED_FORM = "forged_form"  # CSRF token missing or wrong
    TOO_MANY = "too_many"  # rate or quota
    # forms and files
    FORM_INVALID = "form_invalid"
    FIELD_MISSING = "field_missing"
    FIELD_TOO_LONG = "field_too_long"
    FIELD_NOT_A_NUMBER = "field_not_a_number"
    FIELD_NOT_A_DATE = "field_not_a_date"
    FIELD_NOT_A_CHOICE = "field_not_a_choice"
    FIELD_TOO_FEW = "field_too_few"  # fewer choices than are needed
    FIELD_TOO_SMALL = "field_too_small"
    FIELD_TOO_GREAT = "field_too_great"
    FIELD_PATTERN = "field_pattern"  # not written as the hint shows
    FILE_UNREADABLE = "file_unreadable"
    FILE_TOO_LARGE = "file_too_large"
    FILE_ENCODING = "file_encoding"
    FILE_COLUMNS = "file_columns"
    FILE_EMPTY = "file_empty"
    FILE_BROKEN_OFF = "file_broken_off"  # its end is missing
    FILE_DELIMITER = "file_delimiter"
    FILE_HEADER = "file_header"  # blank, merged or doubled column names
    FILE_FIELD_TOO_LONG = "file_field_too_long"
    FILE_UNPACKED_TOO_LARGE = "file_unpacked_too_large"
    FILE_MANIFEST = "file_manifest"  # what came with a file says nothing usable of it
    FILE_DIGEST = "file_digest"  # not the bytes that its manifest names
    ROW_INVALID = "row_invalid"
    ROW_WIDTH = "row_width"
    ROW_NOT_AN_OBJECT = "row_not_an_object"
    ROW_NOT_PLAIN = "row_not_plain"
    ID_CHECK_DIGIT = "id_check_digit"
    ID_OF_OTHER_STAMP = "id_of_other_stamp"
    NEVER_ENROLLED = "never_enrolled"
    # stamps, packs, stores
    STAMP_MISMATCH = "stamp_mismatch"
    PACK_INVALID = "pack_invalid"
    STORE_NEWER = "store_newer"
    STORE_LOCKED = "store_locked"
    DATA_FOLDER = "data_folder"
    PORT_TAKEN = "port_taken"
    # wire and directory
    MESSAGE_MALFORMED = "message_malformed"
    MESSAGE_NOT_FOR_US = "message_not_for_us"
    MESSAGE_SIGNATURE = "message_signature"
    MESSAGE_UNKNOWN_KIND = "message_unknown_kind"
    MESSAGE_REPLAYED = "message_replayed"
    MESSAGE_OUT_OF_ORDER = "message_out_of_order"
    CALL_EXPIRED = "call_expired"
    KEY_CHANGE_REFUSED = "key_change_refused"
    # cooperation, matching
    NO_COOPERATION = "no_cooperation"  # none in force for these parties
    COOPERATION_ENDED = "cooperation_ended"
    NOT_A_PARTY = "not_a_party"
    ALREADY_DECIDED = "already_decided"
    NOT_YET = "not_yet"  # the step before is missing
    SIZE_CLASS_EXCEEDED = "size_class_exceeded"
    WHOLE_REGISTER = "whole_register"  # a selection of most of a register, without a statute
    RECEIVES_ONLY = "receives_only"  # the party may open nothing under this basis
    RECORD_UNKNOWN = "record_unknown"  # no own record has that number
    SECOND_PERSON = "second_person"  # above the officer's cap; another officer decides
    TOO_EARLY = "too_early"  # what was asked about stays for its least time
    TAKEN_BACK = "taken_back"  # the record, rule or hit is there no more
    NO_RELEASE_RULE = "no_release_rule"
    KEY_TYPE_UNKNOWN = "key_type_unknown"
    KEYGEN_FAILED = "keygen_failed"
    HIT_UNPROVEN = "hit_unproven"
    # asking and answering
    NO_BASIS = "no_basis"  # the legal-basis table does not allow it
    NEED_MISSING = "need_missing"
    ALREADY_ANSWERED = "already_answered"
    REASON_MISSING = "reason_missing"
    # deciding and acting
    NO_QUORUM = "no_quorum"
    NOT_THIS_BODY = "not_this_body"  # it does not decide such matters, or not that day
    BODY_NOT_THERE = "body_not_there"  # no such body on that day
    AREA_NOT_THERE = "area_not_there"  # no such area on that day
    AGENCY_NOT_MEMBER = "agency_not_member"  # of the effort, on that day
    SEAT_TAKEN = "seat_taken"  # another delegation holds the seat on one of those days
    MEETING_TOO_EARLY = "meeting_too_early"  # before the body's first day
    MEETING_NOT_THERE = "meeting_not_there"
    CLOSED_PART_ONLY = "closed_part_only"  # papers of a scope belong to the closed part
    NOT_A_MEMBER = "not_a_member"
    NOT_THE_OWNER = "not_the_owner"
    WRONG_STATE = "wrong_state"
    PERIOD_OPEN = "period_open"  # a final report of a year that is not over
    HOURS_NEGATIVE = "hours_negative"
    HOURS_QUARTERS = "hours_quarters"  # not whole quarters of an hour
    HOURS_OF_A_DAY = "hours_of_a_day"  # more than a day has
    HOURS_OF_A_WEEK = "hours_of_a_week"  # more than a week has
    WEEK_TO_COME = "week_to_come"
    OVER_CLAIM = "over_claim"  # an outcome larger than what was claimed
    SHARES_NOT_ONE = "shares_not_one"  # shares of others that leave the owner nothing
    STAGE_PASSED = "stage_passed"  # the outcome is at that stage, or past it, already
    DEFINITION_CHANGED = "definition_changed"  # another definition was in force that day
    WEEK_FROZEN = "week_frozen"  # the week is in a report that has been frozen
    NOT_IN_PACK = "not_in_pack"
    STEP_MISSING = "step_missing"  # a step that the body's variant adds is not done
    STEP_DONE = "step_done"  # that step was done before
    MODEL_CHANGED = "model_changed"  # the way of working changed while the form was filled in
    VARIANT_REFUSED = "variant_refused"  # core or law does not allow it
    TEXT_IDENTIFIES = (
        "text_identifies"  # a text for all to read spells a number, address or account
    )
    # territory
    AREA_UNKNOWN_PLACE = "area_unknown_place"  # no municipality has that code
    AREA_FILE = "area_file"  # neither GeoJSON nor one shapefile
    AREA_CRS = "area_crs"  # another coordinate system than those two
    AREA_CRS_MISSING = "area_crs_missing"
    AREA_CRS_CONTRADICTED = (
        "area_crs_contradicted"  # the numbers are not of the system that it names
    )
    AREA_OUTSIDE = "area_outside"  # not in the country
    AREA_CROSSES = "area_crosses"  # an outline that crosses itself
    AREA_OVERLAPS = "area_overlaps"  # two areas of one kind on one day
    AREA_NOT_FLAT = "area_not_flat"  # heights or measures beside the coordinates
    AREA_SHAPE = "area_shape"  # a point, a line, a curve, nothing
    AREA_NAME_MISSING = "area_name_missing"
    AREA_NAME_TWICE = "area_name_twice"
    AREA_ELSEWHERE = "area_elsewhere"  # the municipality it names is not where it lies
    AREA_NOT_THAT_DAY = "area_not_that_day"  # it has ended, or begins later
    AREA_NOT_A_PART = "area_not_a_part"  # less than half of it lies in what it is said to be of
    # statistics
    STATISTICS_AREA = "statistics_area"  # a row names no area of the territory
    STATISTICS_PERIOD = "statistics_period"  # no year, quarter or month
    STATISTICS_VALUE = "statistics_value"  # neither a number nor a sign for a missing one
    STATISTICS_DOUBLED = "statistics_doubled"  # the same figure twice
    # situation pictures
    NOTHING_TO_COUNT = "nothing_to_count"  # no condition that the pack counts is the own party's
    COUNT_TOO_SMALL = "count_too_small"  # a number that its owner had to suppress
    # ledger
    LEDGER_BROKEN = "ledger_broken"
