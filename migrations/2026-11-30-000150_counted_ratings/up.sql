-- How often each of the staff got so many stars, and what they are called: so that nobody counts all ratings for a page.
CREATE TABLE rating_counts (
    guild_id BIGINT NOT NULL,
    -- 0: the bot named nobody.
    staff_id BIGINT NOT NULL,
    stars INTEGER NOT NULL,
    -- Without those that were deleted.
    given BIGINT NOT NULL,
    staff_name TEXT,
    PRIMARY KEY (guild_id, staff_id, stars)
);
INSERT INTO rating_counts (guild_id, staff_id, stars, given, staff_name)
SELECT
    ratings.guild_id,
    COALESCE(ratings.staff_id, 0),
    ratings.stars,
    COUNT(*),
    MAX(CASE WHEN tickets.claimed_by = ratings.staff_id THEN tickets.claimer_name END)
FROM ratings
LEFT JOIN tickets ON tickets.guild_id = ratings.guild_id AND tickets.id = ratings.ticket_id
WHERE ratings.deleted = FALSE
GROUP BY ratings.guild_id, COALESCE(ratings.staff_id, 0), ratings.stars;
