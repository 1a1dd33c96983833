-- The one table without a primary key, since a day may lack its partner. In a publication of all tables the server would
-- refuse its updates. It costs log only where there is such a publication.
ALTER TABLE statistics_days REPLICA IDENTITY FULL;
