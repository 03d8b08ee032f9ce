//! What happens on the servers, as the bot tells it, and what the bot is told to do.

diesel::table! {
    commands (id) {
        id -> Text,
        change_id -> Text,
        guild_id -> BigInt,
        user_id -> Nullable<BigInt>,
        kind -> Text,
        subject -> Text,
        about -> Text,
        label -> Text,
        body -> Text,
        created_at -> BigInt,
        expires_at -> BigInt,
        attempts -> Integer,
        next_attempt_at -> BigInt,
        leased_until -> BigInt,
        sent_at -> Nullable<BigInt>,
        maybe_sent -> Bool,
        expired -> Bool,
        answered_at -> Nullable<BigInt>,
        ok -> Nullable<Bool>,
        error -> Nullable<Text>,
        channel_id -> Nullable<BigInt>,
        message_id -> Nullable<BigInt>,
        repeats_id -> Nullable<Text>,
        touched_at -> BigInt,
    }
}

diesel::table! {
    giveaways (guild_id, id) {
        guild_id -> BigInt,
        id -> Text,
        state -> Text,
        prize -> Text,
        prize_folded -> Text,
        channel_id -> Nullable<BigInt>,
        message_id -> Nullable<BigInt>,
        host_id -> Nullable<BigInt>,
        host_name -> Nullable<Text>,
        winners -> Integer,
        entries -> BigInt,
        starts_at -> BigInt,
        ends_at -> BigInt,
        closed_at -> Nullable<BigInt>,
        reason -> Nullable<Text>,
        winner_ids -> Text,
        earlier_winner_ids -> Text,
        body -> Nullable<Text>,
        revision -> BigInt,
        seq -> Nullable<BigInt>,
        entry_ms -> BigInt,
        seen_at -> BigInt,
        touched_at -> BigInt,
    }
}

diesel::table! {
    tickets (guild_id, id) {
        guild_id -> BigInt,
        id -> Text,
        state -> Text,
        number -> Nullable<BigInt>,
        channel_id -> Nullable<BigInt>,
        opener_id -> Nullable<BigInt>,
        opener_name -> Text,
        opener_folded -> Text,
        category -> Nullable<Text>,
        opened_at -> BigInt,
        claimed_by -> Nullable<BigInt>,
        claimer_name -> Nullable<Text>,
        closed_at -> Nullable<BigInt>,
        closed_by -> Nullable<BigInt>,
        reason -> Nullable<Text>,
        seq -> Nullable<BigInt>,
        entry_ms -> BigInt,
        seen_at -> BigInt,
        touched_at -> BigInt,
    }
}

diesel::table! {
    transcripts (guild_id, ticket_id, part) {
        guild_id -> BigInt,
        ticket_id -> Text,
        part -> Integer,
        parts -> Integer,
        messages -> Integer,
        body -> Text,
        taken_at -> BigInt,
    }
}

diesel::table! {
    ratings (guild_id, ticket_id) {
        guild_id -> BigInt,
        ticket_id -> Text,
        stars -> Integer,
        review -> Nullable<Text>,
        staff_id -> Nullable<BigInt>,
        rater_id -> Nullable<BigInt>,
        rated_at -> BigInt,
        approved -> Bool,
        featured -> Bool,
        deleted -> Bool,
    }
}

diesel::table! {
    rating_counts (guild_id, staff_id, stars) {
        guild_id -> BigInt,
        staff_id -> BigInt,
        stars -> Integer,
        given -> BigInt,
        staff_name -> Nullable<Text>,
    }
}

diesel::table! {
    rooms (guild_id, channel_id) {
        guild_id -> BigInt,
        channel_id -> BigInt,
        owner_id -> Nullable<BigInt>,
        name -> Text,
        user_limit -> Integer,
        locked -> Bool,
        members -> Nullable<Integer>,
        opened_at -> BigInt,
        closed_at -> Nullable<BigInt>,
        seq -> Nullable<BigInt>,
        entry_ms -> BigInt,
        seen_at -> BigInt,
        touched_at -> BigInt,
    }
}

diesel::table! {
    tracks (id) {
        id -> Text,
        guild_id -> BigInt,
        title -> Text,
        url -> Nullable<Text>,
        requested_by -> Nullable<BigInt>,
        seconds -> Nullable<BigInt>,
        started_at -> BigInt,
        ended_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    playlists (guild_id, id) {
        guild_id -> BigInt,
        id -> Text,
        name -> Text,
        name_key -> Text,
        shared -> Bool,
        owner_id -> BigInt,
        owner_name -> Text,
        tracks -> Text,
        track_count -> BigInt,
        seconds -> BigInt,
        untimed -> BigInt,
        revision -> BigInt,
        sent_revision -> BigInt,
        sent_n -> BigInt,
        deleted -> Bool,
        updated_at -> BigInt,
    }
}

diesel::table! {
    panels (guild_id, id) {
        guild_id -> BigInt,
        id -> Text,
        name -> Text,
        name_key -> Text,
        body -> Text,
        revision -> BigInt,
        sent_revision -> BigInt,
        sent_n -> BigInt,
        deleted -> Bool,
        channel_id -> Nullable<BigInt>,
        message_id -> Nullable<BigInt>,
        posted_revision -> Nullable<BigInt>,
        updated_at -> BigInt,
    }
}

diesel::table! {
    panel_drafts (user_id, guild_id, panel_id) {
        user_id -> BigInt,
        guild_id -> BigInt,
        panel_id -> Text,
        body -> Text,
        revision -> BigInt,
        updated_at -> BigInt,
    }
}

diesel::table! {
    activities (id) {
        id -> Text,
        guild_id -> BigInt,
        kind -> Text,
        body -> Text,
        happened_at -> BigInt,
    }
}

diesel::table! {
    preferences (user_id) {
        user_id -> BigInt,
        time_zone -> Nullable<Text>,
        theme -> Text,
        language -> Text,
        updated_at -> BigInt,
    }
}

diesel::table! {
    confirmations (guild_id) {
        guild_id -> BigInt,
        confirmed_at -> BigInt,
        asked_at -> BigInt,
    }
}

diesel::allow_tables_to_appear_in_same_query!(commands, giveaways, tickets, ratings, transcripts, panels);
