//! The tables, as `migrations/` makes them on both databases.

mod what_happens;

pub use what_happens::*;

diesel::table! {
    deployment (singleton) {
        singleton -> Integer,
        database_id -> Text,
        created_at -> BigInt,
    }
}

diesel::table! {
    users (id) {
        id -> BigInt,
        username -> Text,
        global_name -> Nullable<Text>,
        avatar -> Nullable<Text>,
        last_guild_id -> Nullable<BigInt>,
        created_at -> BigInt,
        updated_at -> BigInt,
    }
}

diesel::table! {
    pinned_guilds (user_id, guild_id) {
        user_id -> BigInt,
        guild_id -> BigInt,
        pinned_at -> BigInt,
    }
}

diesel::table! {
    grants (id) {
        id -> Text,
        guild_id -> BigInt,
        holder_kind -> Text,
        holder_id -> BigInt,
        holder_name -> Text,
        module -> Text,
        level -> Text,
        acts -> Bool,
        ends_at -> Nullable<BigInt>,
        given_at -> BigInt,
        given_by -> BigInt,
        given_by_name -> Text,
        noted_end -> Nullable<BigInt>,
    }
}

diesel::table! {
    sessions (key_hash) {
        key_hash -> Text,
        public_id -> Text,
        user_id -> Nullable<BigInt>,
        state -> Text,
        user_agent -> Text,
        created_at -> BigInt,
        seen_at -> BigInt,
        network -> Text,
    }
}

diesel::table! {
    discord_tokens (user_id) {
        user_id -> BigInt,
        access_token -> Text,
        refresh_token -> Text,
        expires_at -> BigInt,
        version -> BigInt,
        leased_until -> BigInt,
    }
}

diesel::table! {
    used_login_states (state_hash) {
        state_hash -> Text,
        expires_at -> BigInt,
    }
}

diesel::table! {
    guilds (id) {
        id -> BigInt,
        name -> Text,
        icon -> Nullable<Text>,
        seen_at -> BigInt,
        left_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    settings (guild_id, module) {
        guild_id -> BigInt,
        module -> Text,
        body -> Text,
        shape -> Integer,
        revision -> BigInt,
        saves -> Integer,
        enabled -> Bool,
        is_default -> Bool,
        updated_at -> BigInt,
    }
}

diesel::table! {
    changes (id) {
        id -> Text,
        guild_id -> BigInt,
        kind -> Text,
        subject -> Text,
        revision -> Nullable<BigInt>,
        number -> Integer,
        action -> Text,
        shape -> Integer,
        batch_id -> Nullable<Text>,
        restores_id -> Nullable<Text>,
        before_body -> Nullable<Text>,
        after_body -> Nullable<Text>,
        changed -> Text,
        names -> Text,
        actor_id -> Nullable<BigInt>,
        actor_name -> Text,
        actor_avatar -> Nullable<Text>,
        created_at -> BigInt,
        attempts -> Integer,
        next_attempt_at -> BigInt,
        leased_until -> BigInt,
        leased_by -> Nullable<Text>,
        published_at -> Nullable<BigInt>,
        published_n -> Nullable<BigInt>,
        superseded -> Bool,
        applied_at -> Nullable<BigInt>,
        applied_by -> Nullable<Text>,
        rejected_reason -> Nullable<Text>,
        touched_at -> BigInt,
        published_redis_ms -> Nullable<BigInt>,
        answered_redis_ms -> Nullable<BigInt>,
        applied_shard -> Nullable<BigInt>,
    }
}

diesel::table! {
    bots (bot_id) {
        bot_id -> Text,
        shard_count -> BigInt,
        shards -> Text,
        guilds -> BigInt,
        version -> Text,
        acks -> Bool,
        first_seen_at -> BigInt,
        beat_at -> BigInt,
        protocol -> BigInt,
    }
}

diesel::table! {
    taken_events (id) {
        id -> Text,
        taken_at -> BigInt,
    }
}

diesel::table! {
    put_aside_events (entry_id) {
        entry_id -> Text,
        body -> Text,
        cause -> Text,
        put_aside_at -> BigInt,
    }
}

diesel::table! {
    drafts (user_id, guild_id, form) {
        user_id -> BigInt,
        guild_id -> BigInt,
        #[sql_name = "module"]
        form -> Text,
        body -> Text,
        created_at -> BigInt,
    }
}

diesel::table! {
    carried_settings (user_id, guild_id) {
        user_id -> BigInt,
        guild_id -> BigInt,
        id -> Text,
        source_id -> Nullable<BigInt>,
        body -> Text,
        created_at -> BigInt,
    }
}

diesel::table! {
    carryings (id) {
        id -> Text,
        user_id -> BigInt,
        carried_at -> BigInt,
    }
}

diesel::table! {
    batches (guild_id, id) {
        guild_id -> BigInt,
        id -> Text,
        copied -> Bool,
    }
}

diesel::table! {
    leases (name) {
        name -> Text,
        holder -> Text,
        until -> BigInt,
    }
}

diesel::allow_tables_to_appear_in_same_query!(settings, changes, guilds, users, sessions, discord_tokens);
diesel::allow_tables_to_appear_in_same_query!(sessions, preferences, drafts);
diesel::allow_tables_to_appear_in_same_query!(users, pinned_guilds);
